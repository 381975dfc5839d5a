import type { Reply } from '../serve.ts';
import type { Shelf, ShelfItem, ShelfUser } from '../shelf.ts';
import { ALL_FIELDS, fromTicks } from '../shelf-pages.ts';
import type { Params } from '../shelf-query.ts';
import { type Call, json, Refusal, type Routes, readInstant } from '../shelf-routes.ts';
import { bodyOf, found, type JellyfinInside, type Json, person, readId } from './inside.ts';

type Change = (user: ShelfUser, item: ShelfItem, call: Call) => void;

/** Reading and writing of what a person has on an item. */
export const stateRoutes = ({ shelf, words }: JellyfinInside): Routes => {
  /** Finds person and item, lets the state be changed, and answers with it. */
  const state =
    (change?: Change) =>
    (call: Call): Reply => {
      const user = person(shelf, call);
      const item = found(shelf, readId(call.path.itemId), user);
      if (change && !user.mayWrite && !call.caller.admin) throw new Refusal(403);
      change?.(user, item, call);
      return json(words.userData(user, item, ALL_FIELDS));
    };
  return {
    'GET /UserItems/{itemId}/UserData': state(),
    'POST /UserItems/{itemId}/UserData': state((user, item, { ask }) => freeForm(shelf, user, item, bodyOf(ask.body))),
    'POST /UserPlayedItems/{itemId}': state((user, item, { params }) => shelf.mark(user, item, dateOf(params))),
    'DELETE /UserPlayedItems/{itemId}': state((user, item) => shelf.unwatch(user, item)),
    'POST /UserFavoriteItems/{itemId}': state((user, item) => shelf.favourite(user, item, true)),
    'DELETE /UserFavoriteItems/{itemId}': state((user, item) => shelf.favourite(user, item, false)),
    'POST /UserItems/{itemId}/Rating': state((user, item, { params }) => {
      const likes = params.flag('likes');
      shelf.rate(user, item, likes === undefined ? null : likes ? 10 : 1);
    }),
    'DELETE /UserItems/{itemId}/Rating': state((user, item) => shelf.rate(user, item, null)),
  };
};

const dateOf = (params: Params): number | null => {
  const text = params.get('dateplayed');
  if (text === undefined) return null;
  const at = readInstant(text);
  if (at === null) throw new Refusal(400);
  return at;
};

/** Fields that are absent or null stay as they are: it can neither clear a date nor a rating. */
const freeForm = (shelf: Shelf, user: ShelfUser, item: ShelfItem, body: Json): void => {
  const state = { ...shelf.state(user, item) };
  if (typeof body.PlaybackPositionTicks === 'number') state.positionMs = fromTicks(body.PlaybackPositionTicks);
  if (typeof body.PlayCount === 'number') state.playCount = body.PlayCount;
  if (typeof body.IsFavorite === 'boolean') state.favourite = body.IsFavorite;
  if (typeof body.Likes === 'boolean') state.rating = body.Likes ? 10 : 1;
  if (typeof body.Played === 'boolean') state.played = body.Played;
  if (typeof body.LastPlayedDate === 'string') {
    const at = readInstant(body.LastPlayedDate);
    if (at === null) throw new Refusal(400);
    state.lastPlayedAt = at;
  }
  if (typeof body.Rating === 'number') {
    if (body.Rating < 0 || body.Rating > 10) throw new Refusal(400);
    state.rating = body.Rating;
  }
  shelf.write(user, item, state, 'UpdateUserData');
};
