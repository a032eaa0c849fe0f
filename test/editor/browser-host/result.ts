// What the suite in the browser's extension host and the test that starts it say to each other.

/** What came of the suite, as the last line of its report. */
export interface BrowserHostResult {
  readonly passed: number;
  readonly failures: readonly string[];
}

/** Opens the line with the result, which shares its console with the editor's own noise. */
export const resultMark = '[browser-host] ';
