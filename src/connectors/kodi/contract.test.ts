import { mediaServerContract } from '../../../test/contract/media-server.ts';
import { fakeKodiHouse } from '../../../test/support/kodi/contract-house.ts';

mediaServerContract('a fake Kodi', fakeKodiHouse);
