// @ts-check
import { Refusal, sentenceOf } from './api.js';

/**
 * Sends a form by `send`. While it runs the button is off; what goes wrong is told above the fields and beside those
 * it concerns, and nothing that was typed is lost.
 * @param {HTMLFormElement} form
 * @param {(values: Record<string, string>) => Promise<void>} send
 */
export const onSubmit = (form, send) => {
  let running = false;
  form.addEventListener('input', (event) => {
    if (event.target instanceof HTMLInputElement) clearFault(event.target);
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (running) return;
    running = true;
    setBusy(form, true);
    clearFaults(form);
    try {
      await send(valuesOf(form));
    } catch (error) {
      showFaults(form, error);
    } finally {
      running = false;
      setBusy(form, false);
    }
  });
};

/**
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
const valuesOf = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/**
 * @param {HTMLFormElement} form
 * @param {boolean} busy
 */
const setBusy = (form, busy) => {
  form.setAttribute('aria-busy', String(busy));
  // Not `disabled`: that would take the focus away from who pressed it.
  form.querySelector('button[type=submit]')?.setAttribute('aria-disabled', String(busy));
};

/**
 * Shows what went wrong and leads to the first field concerned.
 * @param {HTMLFormElement} form
 * @param {unknown} error
 */
export const showFaults = (form, error) => {
  const line = form.querySelector('.fault');
  if (!(line instanceof HTMLElement)) return;
  line.textContent = sentenceOf(error);
  line.hidden = false;
  const faults = error instanceof Refusal ? error.faults : [];
  const fields = faults.map((fault) => [form.elements.namedItem(nameOf(fault.path)), fault.message]);
  for (const [field, message] of fields) {
    if (field instanceof HTMLInputElement) showFault(field, String(message));
  }
  const first = fields.find(([field]) => field instanceof HTMLInputElement)?.[0];
  if (first instanceof HTMLInputElement) first.focus();
};

/**
 * The last name of a fault's path: `body.password`, `/password` → password.
 * @param {string} path
 */
const nameOf = (path) => path.split(/[./]/).at(-1) ?? '';

/**
 * @param {HTMLInputElement} field
 * @param {string} message
 */
const showFault = (field, message) => {
  clearFault(field);
  const line = document.createElement('p');
  line.className = 'field-fault';
  line.id = `${field.id}-fault`;
  line.textContent = withLabel(field, message);
  field.after(line);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', line.id);
};

/**
 * The API tells a fault as the rest of a sentence about the field: "must not be empty".
 * @param {HTMLInputElement} field
 * @param {string} message
 */
const withLabel = (field, message) => {
  if (/^\p{Lu}/u.test(message)) return message;
  const label = field.labels?.[0]?.firstChild?.textContent?.trim() ?? '';
  return `${label} ${message.replace(/\.?$/, '.')}`;
};

/** @param {HTMLInputElement} field */
const clearFault = (field) => {
  document.getElementById(`${field.id}-fault`)?.remove();
  field.removeAttribute('aria-invalid');
  field.removeAttribute('aria-describedby');
};

/** @param {HTMLFormElement} form */
const clearFaults = (form) => {
  const line = form.querySelector('.fault');
  if (line instanceof HTMLElement) line.hidden = true;
  for (const field of form.querySelectorAll('input')) clearFault(field);
};

/**
 * Empties a form and what was said about it.
 * @param {HTMLFormElement} form
 */
export const emptyForm = (form) => {
  form.reset();
  clearFaults(form);
};
