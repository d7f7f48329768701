import { counted } from '../model/format.js';
import type { ChartText } from './chart-frame.js';

const ROWS = 200;

/** The points of a chart as a table, newest first. */
export function ChartTable({ text }: { readonly text: ChartText }) {
  const { title, heads, count, row } = text;
  const shown = Math.min(ROWS, count);
  const rows = Array.from({ length: shown }, (_, place) => row(count - 1 - place));
  return (
    <div class="table-wrap chart-table" role="region" aria-label={`${title}: table`} tabIndex={0}>
      <table>
        <caption>{count === shown ? counted(count, 'row') : `The newest ${shown} of ${counted(count, 'row')}`}</caption>
        <thead>
          <tr>
            {heads.map((head, place) => (
              <th key={head} scope="col" class={place === 0 ? '' : 'num'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...cells], place) => (
            <tr key={place}>
              <th scope="row">{first}</th>
              {cells.map((cell, column) => (
                <td key={column} class="num">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
