import { mediaServerContract } from '../../../test/contract/media-server.ts';
import { plexHouse } from '../../../test/support/fakes/plex/house.ts';

mediaServerContract('Plex, as the owner', () => plexHouse());
mediaServerContract('Plex, as one of the Home', () =>
  plexHouse(({ people }) => people.add('Ben', 'home', { pin: '1234' })),
);
