import type { Reply } from '../serve.ts';
import type { ShelfItem, ShelfUser } from '../shelf.ts';
import { createLists } from '../shelf-lists.ts';
import { ALL_FIELDS } from '../shelf-pages.ts';
import { type Call, json, Refusal, type Routes } from '../shelf-routes.ts';
import { found, type JellyfinInside, optionalPerson, person, readId } from './inside.ts';

/** Libraries, and what is in them. */
export const itemRoutes = (inside: JellyfinInside): Routes => {
  const { shelf, words, faults } = inside;
  const lists = createLists(shelf, faults, words, true);
  const whose = ({ caller, params }: Call) => optionalPerson(shelf, caller, params);
  const page = (items: readonly ShelfItem[], call: Call): Reply => lists.page(items, whose(call), call.params);
  const views = (user: ShelfUser | null): Reply => {
    const Items = lists.libraries(user).map(words.library);
    return json({ Items, TotalRecordCount: Items.length, StartIndex: 0 });
  };
  const items = (call: Call): Reply => {
    const { params } = call;
    const root = !params.flag('recursive') && !params.has('parentid') && !params.has('ids');
    return root ? views(whose(call)) : page(lists.select(whose(call), params), call);
  };
  const seriesOf = (call: Call) => found(shelf, readId(call.path.seriesId), whose(call), 'series');
  const episodes = (call: Call): Reply => {
    const id = call.params.get('seasonid');
    const season = { number: call.params.number('season'), id: id && readId(id) };
    return page(lists.episodes(seriesOf(call), season), call);
  };
  const artists = (call: Call): Reply => page(lists.artists(whose(call), call.params), call);
  return {
    'GET /UserViews': (call) => views(person(shelf, call)),
    'GET /Library/VirtualFolders': (call) => folders(inside, call),
    'GET /Items': items,
    'GET /Items/{itemId}': (call) => one(inside, call),
    'GET /Shows/{seriesId}/Seasons': (call) => page(lists.seasons(seriesOf(call)), call),
    'GET /Shows/{seriesId}/Episodes': episodes,
    'GET /Artists': artists,
    'GET /Artists/AlbumArtists': artists,
    'GET /UserItems/Resume': (call) => page(lists.resumable(person(shelf, call)), call),
  };
};

const one = ({ shelf, words }: JellyfinInside, { path, params, caller }: Call): Reply => {
  const user = optionalPerson(shelf, caller, params);
  const id = readId(path.itemId);
  const library = shelf.libraries.find((library) => library.id === id);
  if (library) return json(words.library(library));
  const item = found(shelf, id, user);
  const userData = user && { UserData: words.userData(user, item, ALL_FIELDS) };
  // One of several files of a work is an item of its own, which shows the state of the whole.
  return json({ ...words.facts(item, ALL_FIELDS), Id: id, ...userData });
};

const folders = ({ shelf }: JellyfinInside, { caller }: Call): Reply => {
  if (!caller.admin) throw new Refusal(403);
  return json(
    shelf.libraries.map(({ id, name, type, path }) => ({
      Name: name,
      Locations: [path],
      CollectionType: type ?? undefined,
      ItemId: id,
    })),
  );
};
