// Which keys a focused control keeps for itself; all others are the app's.

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
const MOVES = [...ARROWS, 'Home', 'End', 'PageUp', 'PageDown'];
const KEPT = {
  button: [' ', 'Enter'],
  link: ['Enter'],
  tab: [' ', 'Enter'],
  switch: [' '],
  checkbox: [' '],
  radio: [' ', ...ARROWS],
  combobox: [' ', 'Enter', 'Escape', 'F4', ...MOVES],
  slider: MOVES,
};
const TYPED_INTO = new Set(['spinbutton', 'textbox']);

/** Whether the control uses the key, so that the app must not. */
export function keepsKey({ state }, { key, ctrlKey, metaKey, altKey }) {
  const isCharacter = [...key].length === 1;
  // A line of text has no use for these, and the list of commands below one has.
  if (state.role === 'textbox' && /^(Enter|Arrow(Up|Down))$/.test(key)) return false;
  if (TYPED_INTO.has(state.role)) return isCharacter || !/^(Escape|Page(Up|Down)|F\d+)$/.test(key);
  if (state.role === 'combobox' && (altKey || (isCharacter && !ctrlKey && !metaKey))) return true;
  return KEPT[state.role]?.includes(key) ?? false;
}

/**
 * Whether another event of a key that is held counts for the focused control: arrows do, and what is typed into the field
 * that it was pressed in. Everything else counts once for each press.
 */
export function countsAgain({ state }, { key }, pressedHere) {
  return ARROWS.includes(key) || (pressedHere && TYPED_INTO.has(state.role));
}
