// @ts-check
import { ask, sentenceOf } from './api.js';
import { browserZone, setZone, zoneNow } from './dates.js';
import { byId } from './dom.js';
import { tell } from './notice.js';

const change = byId('zone-change', HTMLButtonElement);

/** Says by whose clock the days are told, where that is not the clock of this device. */
export const showZone = () => {
  byId('zone-text', HTMLElement).textContent = `Days and times are those of ${zoneNow()}.`;
  change.textContent = `Use ${browserZone}`;
  byId('zone', HTMLElement).hidden = zoneNow() === browserZone;
};

/** @param {() => void} changed */
export const onZoneChange = (changed) => {
  change.addEventListener('click', async () => {
    try {
      await ask('PATCH', '/me', { timeZone: browserZone });
    } catch (error) {
      return tell(sentenceOf(error));
    }
    setZone(browserZone);
    showZone();
    tell(`Days and times are those of ${browserZone} from now on.`);
    byId('history-text', HTMLInputElement).focus();
    changed();
  });
};
