// All that is measured, and its text for Prometheus (format 0.0.4). Pure.

import { problems } from '../../shared/problem.ts';
import type { Counts } from './counters.ts';

interface Family {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  /** Samples that are told from the start, so that their first rise is seen: by their labels. */
  readonly samples: readonly Labels[];
}

type Labels = Readonly<Record<string, string>>;

export const families = {
  pybin_requests_total: {
    type: 'counter',
    help: 'Requests answered, by the pattern of their route.',
    samples: [],
  },
  pybin_pushes_total: {
    type: 'counter',
    help: 'Snippets pushed, with a key or without. A retry that found its first answer is none.',
    samples: [{ by: 'key' }, { by: 'nobody' }],
  },
  pybin_reads_total: {
    type: 'counter',
    help: 'Snippets read: from an isolate’s memory (hot), known to the reader (not_modified), or from their stack.',
    samples: [{ kind: 'hot' }, { kind: 'not_modified' }, { kind: 'stored' }],
  },
  pybin_text_bytes_total: {
    type: 'counter',
    help: 'Bytes of texts, as they were before compression: pushed (in) and sent to readers (out).',
    samples: [{ direction: 'in' }, { direction: 'out' }],
  },
  pybin_refusals_total: {
    type: 'counter',
    help: 'Problems answered, by their code.',
    samples: Object.keys(problems).map((code) => ({ code })),
  },
  pybin_archive_failures_total: {
    type: 'counter',
    help: 'Times that the archive could not be told.',
    samples: [{}],
  },
  pybin_alarms_late_total: {
    type: 'counter',
    help: 'Alarms of stacks that rang a minute or more after their time.',
    samples: [{}],
  },
  pybin_alarms_failed_total: {
    type: 'counter',
    help: 'Alarms of stacks that failed and set themselves again.',
    samples: [{}],
  },
  pybin_outbox_stacks: {
    type: 'gauge',
    help: 'Stacks whose last try to tell the archive failed.',
    samples: [{}],
  },
  pybin_outbox_snippets: {
    type: 'gauge',
    help: 'Snippets that wait for the archive on those stacks. Where nothing fails, none waits longer than minutes.',
    samples: [{}],
  },
  pybin_outbox_bytes: {
    type: 'gauge',
    help: 'Bytes, as stored, that wait for the archive on those stacks.',
    samples: [{}],
  },
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof families;

/** The name of a sample, such as `pybin_reads_total{kind="hot"}`. */
export function sampleOf(family: FamilyName, labels: Labels = {}): string {
  return nameOf(family, labels);
}

/** The text that Prometheus scrapes. Samples of families that are no more are left out. */
export function exposition(counts: Counts): string {
  const lines = Object.entries<Family>(families).flatMap(([family, { type, help, samples }]) => {
    const values = new Map(samples.map((labels) => [nameOf(family, labels), 0]));
    for (const [sample, value] of counts)
      if (sample === family || sample.startsWith(`${family}{`)) values.set(sample, value);
    return [
      `# HELP ${family} ${help}`,
      `# TYPE ${family} ${type}`,
      ...[...values].map(([sample, value]) => `${sample} ${value}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function nameOf(family: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? family : `${family}{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
