import { isLines } from './chain.ts';
import { isOnlyTags } from './tags.ts';

/** Words for any video, and what cameras and disc rippers call theirs: "IMG_1234", "title_t00", "VTS_01_1". */
const ANY_VIDEO =
  /^(?:movie|film|video|untitled|samples?\s?\d*)$|^(?:IMG|VID|DSC[NF]?|MVI|MOV|PXL|GOPR|GX|GH)[\s_]?\d{4,}(?:[\s_.]\d+)*$|^(?:.* )?title\s?t\d\d$|^VTS \d\d \d$/i;

/** Whether a name, all of it, says nothing of the work: "1080p", "movie", "IMG_1234". */
export const saysNothing = (text: string): boolean => ANY_VIDEO.test(text.trim()) || isOnlyTags(text);

/**
 * Whether a name is a number that is hardly a title. Films are named by numbers of up to three digits ("9", "300") and by
 * years ("1917", "2046"); other numbers, those with a zero in front and lines of a picture are of uploads and lists.
 */
export const isMereNumber = (text: string): boolean => {
  const number = text.trim();
  return /^\d+$/.test(number) && (isLines(number) || !/^(?:[1-9]\d{0,2}|1[89]\d\d|20\d\d)$/.test(number));
};
