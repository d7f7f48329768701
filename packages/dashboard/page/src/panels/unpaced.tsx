/** Stands for the state of a ledger that is readable and of which silence is normal. */
export function Unpaced() {
  return (
    <span class="mute" title="Silence is normal: the age of the newest line says nothing of whether it is complete.">
      at no set pace
    </span>
  );
}
