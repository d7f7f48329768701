/** Colours of the style sheet, for what is drawn on a canvas. */
export interface ChartColours {
  readonly text: string;
  readonly grid: string;
  readonly line: string;
  readonly second: string;
  readonly warn: string;
  readonly shade: string;
}

/** Reads the colours that the theme in force gives to charts. */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: colour('--text-2'),
    grid: colour('--grid'),
    line: colour('--good'),
    second: colour('--warn'),
    warn: colour('--bad'),
    shade: colour('--shade'),
  };
}
