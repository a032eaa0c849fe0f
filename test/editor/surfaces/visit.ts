// What a visit is given: an edge, a machine to open, and a camera for what that machine shows.

import type { Page } from 'playwright-core';
import type { Client } from '../../../shared/client.ts';
import { type DraftDetails, plainDetails } from '../../../shared/snippet.ts';
import { runCommand } from '../host/user.ts';
import type { Desks } from '../story/desks.ts';

/** Opens the machine that is looked at. */
export type Open = (files: Record<string, string>, how?: How) => Promise<Page>;

/**
 * Leaves a sheet of what the machine shows.
 * @param again shows it once more in each theme, where it doesn't stay, and brings the pointer to where it is to be
 */
export type See = (name: string, again?: () => Promise<void>) => Promise<void>;

export interface Visit {
  readonly desks: Desks;
  readonly open: Open;
  readonly see: See;
}

interface How {
  /** As the user of the desks; it is, unless said otherwise. */
  readonly isSignedIn?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Pushes by the keys for it: in the palette, rows move while others are found. */
export async function pushByKeys(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('b');
}

export async function clearToasts(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
}

/** Pushes from elsewhere: Python, unless said otherwise. */
export async function pushAs(client: Client, text: string, details: Partial<DraftDetails>): Promise<void> {
  await client.push({
    ...plainDetails,
    language: 'python',
    ...details,
    text,
    requestId: crypto.randomUUID(),
  });
}
