// @ts-check
import { ask, sentenceOf } from './api.js';
import { make } from './dom.js';
import { keepingFocus } from './focus.js';
import { tell } from './notice.js';
import { aside, emptyOf, loaderOf, partOf } from './part.js';

/** @typedef {import('./shapes.js').RemoteLibrary} RemoteLibrary */
/** @typedef {import('./server.js').Room} Room */

const FIRST = '';
const OUT = 'out';

/**
 * The libraries of a server, and which of ours each stands for.
 * @param {Room} room
 */
export const librariesOf = (room) => {
  const { section, content } = partOf(
    'server-libraries',
    'Libraries',
    aside('Where what is new in them goes. What is left out is not read at all. A choice holds from the next run on.'),
  );
  const reload = loaderOf(
    content,
    async () => {
      const [theirs, ours] = await Promise.all([
        ask('GET', `/clients/${room.id}/libraries`),
        ask('GET', '/libraries?limit=200'),
      ]);
      return { theirs: /** @type {RemoteLibrary[]} */ (theirs.items), ours: ours.items };
    },
    ({ theirs, ours }) =>
      keepingFocus(content, () =>
        content.replaceChildren(
          theirs.length === 0
            ? emptyOf('None are known yet; a run finds them.')
            : make('ul', { class: 'lines' }, ...theirs.map((library) => lineOf(room, library, ours, reload))),
        ),
      ),
  );
  return { section, reload };
};

/**
 * @param {Room} room
 * @param {RemoteLibrary} library
 * @param {any[]} ours
 * @param {() => Promise<void>} changed
 */
const lineOf = (room, library, ours, changed) => {
  const select = make(
    'select',
    { 'aria-label': `Where ${library.name} goes` },
    make('option', { value: FIRST }, `The first of ours for ${library.kind}`),
    ...ours
      .filter(({ libraryKind }) => libraryKind === library.kind)
      .map(({ id, title }) => make('option', { value: id }, title)),
    make('option', { value: OUT }, 'Left out'),
  );
  const held = library.included ? String(library.libraryId ?? FIRST) : OUT;
  select.value = held;
  select.addEventListener('change', async () => {
    const included = select.value !== OUT;
    const libraryId = !included ? library.libraryId : select.value === FIRST ? null : Number(select.value);
    const path = `/clients/${room.id}/libraries/${encodeURIComponent(library.remoteId)}`;
    try {
      await ask('PUT', path, { libraryId, included });
    } catch (error) {
      select.value = held;
      return tell(sentenceOf(error));
    }
    tell(included ? `“${library.name}” is read from the next run on.` : `“${library.name}” is left out.`);
    await changed();
  });
  return make(
    'li',
    { 'data-key': library.remoteId },
    make('span', { class: 'name' }, library.name),
    make('span', { class: 'second' }, library.kind),
    select,
  );
};
