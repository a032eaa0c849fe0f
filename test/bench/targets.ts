// What is to be reached: requests a second, as a part of the constant response's in the same run.

export const targets = { push: 0.38, rawRead: 0.55, hotRead: 0.8 } as const;

/** Memory that the platform gives an isolate (Workers limits). */
export const ISOLATE_MB = 128;
