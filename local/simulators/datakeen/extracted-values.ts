import { noise } from './noise.ts';

/** Read on a page, with the place where it stands there; an empty text stands nowhere. */
export function read(pageNumber: number, text: string) {
  if (text === '') return { bbox: {}, confidence: null, value: '' };
  const [height, width, left, top] = ['height', 'width', 'left', 'top'].map((side) => noise(side + text));
  return {
    bbox: { height, page_num: pageNumber, topleft: [left, top], width },
    confidence: 0.8 + noise(text) / 5,
    value: text,
  };
}

/** Read in the MRZ. There an empty text is as certain as any other. */
export function readInMrz(text: string) {
  return { bbox: {}, confidence: 1, value: text };
}

/** Concluded from other values. */
export function concluded(text: string) {
  return { bbox: {}, confidence: 0.9, value: text };
}
