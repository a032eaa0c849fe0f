// What is to be reached: requests a second, as a part of the constant response's in the same run.

export const targets = {
  push: 0.38,
  rawRead: 0.55,
  hotRead: 0.8,
  /** Pushes with the archive on, to pushes with it off. */
  archiving: 0.95,
} as const;

/** Memory that the platform gives an isolate (Workers limits). */
export const ISOLATE_MB = 128;
