import { asId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';

/** Whoever works on the database itself: nobody's user, and nothing is hidden from them. */
export const operator: Viewer = {
  userId: asId(0),
  userName: 'the command line',
  role: 'admin',
  timeZone: 'UTC',
  deviceUserId: asId(0),
  isolation: 'silo',
  ownScope: asId(0),
  groupScope: asId(0),
  grants: {
    libraries: null,
    streamSources: null,
    maxRatingLevel: null,
    allowUnrated: true,
    allowedTags: null,
    blockedTags: [],
  },
  sessionId: null,
};
