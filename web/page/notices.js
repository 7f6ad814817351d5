// The notices of all that the page is made of (tools/third-party.mjs), in a dialog of the browser's.
import { bytesOf } from './parts.js';

/** Shows them until the reader closes the dialog. */
export async function showNotices() {
  const text = document.createElement('pre');
  text.textContent = new TextDecoder().decode(await bytesOf('THIRD_PARTY.txt'));
  // Long lines of a font's record would make the dialog as wide as the screen.
  Object.assign(text.style, { whiteSpace: 'pre-wrap', maxWidth: '80ch' });
  text.tabIndex = 0;  // so that keys scroll it
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'Close';
  const dialog = document.createElement('dialog');
  Object.assign(dialog.style, { background: 'var(--field)', color: 'var(--ink)' });
  dialog.setAttribute('aria-label', 'Licences');
  dialog.append(close, text);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
