// What an authority works on: the parts of one Stack.

import type { AlarmClock } from './alarm-clock.ts';
import type { Archivist } from './archivist.ts';
import type { Directory } from './directory.ts';
import type { Meters } from './meter.ts';
import type { Tables } from './tables.ts';
import type { Watchers } from './watchers.ts';

export interface Workplace {
  /** The Stack's name. */
  readonly routingHash: string;
  readonly tables: Tables;
  readonly meters: Meters;
  readonly alarm: AlarmClock;
  readonly watchers: Watchers;
  readonly archivist: Archivist;
  readonly directory: Directory;
}
