// What the live socket sends, as events of the stack. Loaded with the edge: it needs the contract's code.

import { fromJsonString } from '@bufbuild/protobuf';
import { LiveEventSchema } from '../../shared/gen/pybin_pb.js';
import type { StackEvent } from '../stack/contents.ts';
import { toFacts } from '../stack/snippet-facts.ts';

/** Undefined for an event that only a newer contract knows. @throws where it is no LiveEvent at all */
export function readLiveEvent(json: string): StackEvent | undefined {
  const { event } = fromJsonString(LiveEventSchema, json, { ignoreUnknownFields: true });
  switch (event.case) {
    case 'stack':
      return { kind: 'stack', snippets: event.value.snippets.map(toFacts) };
    case 'pushed':
    case 'replaced':
      return { kind: 'snippet', snippet: toFacts(event.value) };
    case 'left':
      return { kind: 'left', number: event.value.number };
    case undefined:
      return undefined;
    default:
      return event satisfies never;
  }
}
