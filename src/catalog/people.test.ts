import { expect, test } from 'vitest';
import { createAudit } from '#audit/audit.ts';
import { manualClock } from '#kernel/clock.ts';
import { asId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addUser, openGrants } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import type { IncomingCredit } from './incoming.ts';
import { createIngest } from './ingest.ts';
import { createCatalog } from './service.ts';

const observer = { leavesChanged: async () => {} };

eachDatabase('genres and people', (make) => {
  test('are kept as told, shown, and in the audit log', async () => {
    const database = await make();
    const clock = manualClock(1000);
    const tree = treeIn(database);
    const library = await tree.library('movies');
    const heat = await tree.movie(library, { title: 'Heat' });
    const other = await tree.movie(library, { title: 'Collateral' });
    const { viewer } = await addUser(database, { name: 'Ada', role: 'admin' });
    const catalog = createCatalog({ database, clock, audit: createAudit({ clock }), observer });

    expect(await catalog.setGenres(viewer, heat, ['Drama', 'Crime', 'DRAMA'])).toMatchObject({
      genres: ['Crime', 'Drama'],
    });
    await catalog.setGenres(viewer, other, ['crime']);
    expect((await catalog.get(viewer, other)).genres).toEqual(['Crime']);

    const cast: IncomingCredit[] = [
      { name: 'Al Pacino', role: 'actor', character: 'Hanna' },
      { name: 'Michael Mann', role: 'director' },
      { name: 'Al Pacino', role: 'actor', character: 'Hanna' },
    ];
    const shown = await catalog.setPeople(viewer, heat, cast);
    expect(shown).toMatchObject([
      { name: 'Michael Mann', role: 'director', character: null },
      { name: 'Al Pacino', role: 'actor', character: 'Hanna' },
    ]);
    const [director] = await catalog.setPeople(viewer, other, [{ name: 'michael  mann', role: 'director' }]);
    expect(director?.personId).toBe(shown[0]?.personId);
    expect(await catalog.people(viewer, heat)).toEqual(shown);

    const stranger = { ...viewer, grants: { ...openGrants, libraries: [asId<typeof library>(99)] } };
    await expect(catalog.people(stranger, heat)).rejects.toMatchObject({ code: 'not_found' });
    await expect(catalog.setPeople(stranger, heat, [])).rejects.toMatchObject({ code: 'not_found' });
    const log = await database.read.selectFrom('audit_log').select('changes').orderBy('id').execute();
    expect(log.map((row) => row.changes).join()).toContain('Al Pacino (Hanna)');
    expect(await catalog.setPeople(viewer, heat, [])).toEqual([]);
  });

  test('come with what a source tells; what is kept by hand is exchanged by an update alone', async () => {
    const database = await make();
    const clock = manualClock(1000);
    const ingest = createIngest({ clock, observer });
    const { viewer } = await addUser(database, { name: 'Ada', role: 'admin' });
    const catalog = createCatalog({ database, clock, audit: createAudit({ clock }), observer });
    const movie = (genres: string[], people: IncomingCredit[]) => ({
      title: 'Heat',
      year: 1995,
      externalIds: [{ provider: 'imdb', value: 'tt0113277' }],
      genres,
      people,
    });
    const tell = (genres: string[], people: IncomingCredit[]) =>
      database.transaction(async (tx) => ingest.movie(tx, await ingest.library(tx, 'movies'), movie(genres, people)));
    const taken = await tell(['Crime'], [{ name: 'Michael Mann', role: 'director' }]);
    if (taken.outcome === 'ambiguous') throw new Error('The movie is known once only.');
    const { itemId: id } = taken;
    expect(await catalog.get(viewer, id)).toMatchObject({ genres: ['Crime'] });
    await tell(['Western'], [{ name: 'Nobody', role: 'director' }]);
    expect((await catalog.get(viewer, id)).genres).toEqual(['Crime']);
    expect(await catalog.people(viewer, id)).toMatchObject([{ name: 'Michael Mann' }]);
    await database.transaction((tx) =>
      ingest.refresh(tx, id, movie(['Western'], [{ name: 'Nobody', role: 'director' }])),
    );
    expect((await catalog.get(viewer, id)).genres).toEqual(['Western']);
    expect(await catalog.people(viewer, id)).toMatchObject([{ name: 'Nobody' }]);
  });
});
