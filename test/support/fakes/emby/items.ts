import type { Reply } from '../serve.ts';
import type { ShelfItem, ShelfUser } from '../shelf.ts';
import { createLists } from '../shelf-lists.ts';
import { ALL_FIELDS } from '../shelf-pages.ts';
import { type Call, json, type Routes } from '../shelf-routes.ts';
import { type EmbyInside, forAdmins, found, person } from './inside.ts';

/** Libraries, and what is in them. */
export const itemRoutes = (inside: EmbyInside): Routes => {
  const { shelf, words, faults } = inside;
  const lists = createLists(shelf, faults, words, false);
  /** A page of what is told of the person. */
  const page =
    (tell: (user: ShelfUser, call: Call) => ShelfItem[]) =>
    (call: Call): Reply => {
      const user = person(shelf, call);
      return lists.page(tell(user, call), user, call.params);
    };
  const views = (call: Call): Reply => {
    const Items = lists.libraries(person(shelf, call)).map(words.library);
    return json({ Items, TotalRecordCount: Items.length });
  };
  const selected = page((user, { params }) => lists.select(user, params));
  const items = (call: Call): Reply => {
    const { params } = call;
    const root = !params.flag('recursive') && !params.has('parentid') && !params.has('ids');
    return root ? views(call) : selected(call);
  };
  const artists = page((user, { params }) => lists.artists(user, params));
  return {
    'GET /Users/{userId}/Views': views,
    'GET /Library/VirtualFolders': forAdmins(() => json(folders(inside))),
    'GET /Library/VirtualFolders/Query': forAdmins(() =>
      json({ Items: folders(inside), TotalRecordCount: shelf.libraries.length }),
    ),
    'GET /Users/{userId}/Items': items,
    'GET /Items': items,
    'GET /Users/{userId}/Items/{id}': (call) => one(inside, call),
    'GET /Users/{userId}/Items/Resume': page((user) => lists.resumable(user)),
    'GET /Shows/{id}/Seasons': page((user, { path }) => lists.seasons(found(shelf, path.id, user))),
    'GET /Shows/{id}/Episodes': page((user, { path, params }) => {
      const season = { number: params.number('season'), id: params.get('seasonid') };
      return lists.episodes(found(shelf, path.id, user), season);
    }),
    'GET /Artists': artists,
    'GET /Artists/AlbumArtists': artists,
  };
};

const one = ({ shelf, words }: EmbyInside, call: Call): Reply => {
  const user = person(shelf, call);
  const { id } = call.path;
  const library = shelf.libraries.find((library) => library.id === id);
  if (library) return json(words.library(library));
  const item = found(shelf, id, user);
  return json({ ...words.facts(item, ALL_FIELDS), Id: id, UserData: words.userData(user, item, ALL_FIELDS) });
};

const folders = ({ shelf }: EmbyInside): object[] =>
  shelf.libraries.map(({ id, name, type, path }) => ({
    Name: name,
    Locations: [path],
    CollectionType: type ?? undefined,
    ItemId: id,
    Id: id,
  }));
