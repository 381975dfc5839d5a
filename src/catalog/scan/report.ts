import type { MediaItemId } from '#kernel/ids.ts';

/** What a scan did, in numbers, and what a person may want to look at. */
export interface ScanReport {
  /** Video files found. */
  files: number;
  unchanged: number;
  /** Files whose content changed under the same name. */
  changed: number;
  /** Files that were known elsewhere: they keep their items. */
  moved: number;
  /** Items that are new. */
  added: number;
  /** Items that were known, from another file or a media server, and got a file. */
  matched: number;
  /** Items whose NFO file was newer than the last scan. */
  renewed: number;
  /** Items that went away with their last copy. */
  retired: number;
  /** Files that went away and came back. */
  revived: number;
  /** Files that may be of several items: nothing was done, the next scan tries again. */
  ambiguous: number;
  /** All faults; the list holds the first of them. */
  faultCount: number;
  faults: { path: string; message: string }[];
  ambiguities: { path: string; title: string; reason: string; candidates: MediaItemId[] }[];
}

/** Entries of a list at the most. */
export const LONGEST_LIST = 200;

export const emptyReport = (): ScanReport => ({
  files: 0,
  unchanged: 0,
  changed: 0,
  moved: 0,
  added: 0,
  matched: 0,
  renewed: 0,
  retired: 0,
  revived: 0,
  ambiguous: 0,
  faultCount: 0,
  faults: [],
  ambiguities: [],
});

export const addFault = (report: ScanReport, path: string, message: string): void => {
  report.faultCount++;
  if (report.faults.length < LONGEST_LIST) report.faults.push({ path, message });
};

export const addAmbiguity = (report: ScanReport, ambiguity: ScanReport['ambiguities'][number], files = 1): void => {
  report.ambiguous += files;
  if (report.ambiguities.length < LONGEST_LIST)
    report.ambiguities.push({ ...ambiguity, candidates: ambiguity.candidates.slice(0, 20) });
};
