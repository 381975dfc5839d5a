import type { Reply } from '../serve.ts';
import type { Shelf, ShelfItem, ShelfUser } from '../shelf.ts';
import { ALL_FIELDS, fromTicks } from '../shelf-pages.ts';
import { type Call, json, Refusal, type Routes, readInstant } from '../shelf-routes.ts';
import { noState } from '../shelf-state.ts';
import { type EmbyInside, found, type Json, person } from './inside.ts';

type Change = (user: ShelfUser, item: ShelfItem, call: Call) => void;

/** Writing of what a person has on an item; for each DELETE there is a POST that does the same. */
export const stateRoutes = ({ shelf, words }: EmbyInside): Routes => {
  const changed = (call: Call, change: Change) => {
    const user = person(shelf, call);
    const item = found(shelf, call.path.id, user);
    change(user, item, call);
    return { ...words.userData(user, item, ALL_FIELDS), ItemId: item.id };
  };
  const state =
    (change: Change) =>
    (call: Call): Reply =>
      json(changed(call, change));
  /** Answered with nothing. */
  const quietly =
    (change: Change) =>
    (call: Call): Reply => {
      changed(call, change);
      return { status: 204 };
    };
  const unplayed = state((user, item) => shelf.unwatch(user, item));
  const unfavourite = state((user, item) => shelf.favourite(user, item, false));
  const unrated = state((user, item) => shelf.rate(user, item, null));
  return {
    'POST /Users/{userId}/PlayedItems/{id}': state((user, item, call) => shelf.mark(user, item, dateOf(call))),
    'DELETE /Users/{userId}/PlayedItems/{id}': unplayed,
    'POST /Users/{userId}/PlayedItems/{id}/Delete': unplayed,
    'POST /Users/{userId}/FavoriteItems/{id}': state((user, item) => shelf.favourite(user, item, true)),
    'DELETE /Users/{userId}/FavoriteItems/{id}': unfavourite,
    'POST /Users/{userId}/FavoriteItems/{id}/Delete': unfavourite,
    'POST /Users/{userId}/Items/{id}/Rating': state((user, item, { params }) =>
      shelf.rate(user, item, params.flag('likes') ? 10 : 1),
    ),
    'DELETE /Users/{userId}/Items/{id}/Rating': unrated,
    'POST /Users/{userId}/Items/{id}/Rating/Delete': unrated,
    'POST /Users/{userId}/Items/{id}/UserData': quietly((user, item, { ask }) =>
      overwrite(shelf, user, item, (ask.body ?? {}) as Json),
    ),
    'POST /Users/{userId}/PlayingItems/{id}/Progress': quietly((user, item, { params }) =>
      shelf.report(user, item, fromTicks(params.number('positionticks') ?? 0)),
    ),
  };
};

/** Only `yyyyMMddHHmmss`, in UTC. */
const dateOf = ({ params }: Call): number | null => {
  const text = params.get('dateplayed');
  if (text === undefined) return null;
  if (!/^\d{14}$/.test(text)) throw new Refusal(400, `String '${text}' was not recognized as a valid DateTime.`);
  return readInstant(text);
};

/** The whole state is replaced by what is posted: what is left out is reset. */
const overwrite = (shelf: Shelf, user: ShelfUser, item: ShelfItem, body: Json): void => {
  const at = typeof body.LastPlayedDate === 'string' ? readInstant(body.LastPlayedDate) : null;
  const rating = typeof body.Rating === 'number' ? body.Rating : null;
  if (rating !== null && (rating < 0 || rating > 10)) throw new Refusal(400, 'A rating is 0 to 10.');
  const state = {
    ...noState(),
    played: body.Played === true,
    playCount: Number(body.PlayCount ?? 0),
    positionMs: fromTicks(Number(body.PlaybackPositionTicks ?? 0)),
    lastPlayedAt: at,
    favourite: body.IsFavorite === true,
    rating,
  };
  shelf.write(user, item, state, 'UpdateUserData');
};
