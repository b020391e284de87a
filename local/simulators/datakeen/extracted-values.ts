import { computePseudoRandomNumber } from './pseudo-random.ts';

/** Creates a value that is printed on a document, with its position on the page. An empty value has no position. */
export function createValuePrintedOnDocument(pageNumber: number, text: string) {
  if (text === '') return { bbox: {}, confidence: null, value: '' };
  const [height, width, left, top] = ['height', 'width', 'left', 'top'].map((side) =>
    computePseudoRandomNumber(side + text),
  );
  return {
    bbox: { height, page_num: pageNumber, topleft: [left, top], width },
    confidence: 0.8 + computePseudoRandomNumber(text) / 5,
    value: text,
  };
}

/** Creates a value that Datakeen reads from the machine-readable zone (MRZ). Its confidence is always 1. */
export function createValueReadFromMrz(text: string) {
  return { bbox: {}, confidence: 1, value: text };
}

/** Creates a value that Datakeen derives from other values, such as the country of birth. */
export function createValueDerivedByDatakeen(text: string) {
  return { bbox: {}, confidence: 0.9, value: text };
}
