// Approving a device: its owner types the code that it shows, sees which one asks, and answers.

import { limits } from '../../shared/limits.ts';
import { addressOfClient } from '../identity/client-address.ts';
import type { AskingDevice } from '../identity/device/attempt.ts';
import { answerDevice, getDevice } from '../identity/device/devices.ts';
import { typistOf } from '../identity/device/typing.ts';
import { readUserCode, showUserCode } from '../identity/device/user-code.ts';
import { requireSession, type Session, withSession } from '../identity/session.ts';
import { readFormFields } from '../intake/form-fields.ts';
import { approveDevicePage, deviceAnsweredPage, tooManyCodesPage, typeCodePage } from './device-page.ts';
import { isApproval, isConsentOf } from './consent.ts';
import { htmlResponse, type Page } from './html.ts';
import { getFullKeysPage } from './keys-full.ts';

/** `GET /device`, also with the code in its address: it is looked up when the person goes on. */
export async function showDevice(request: Request, env: Env): Promise<Response> {
  const session = await requireSession(request, env);
  const typed = new URL(request.url).searchParams.get('user_code') ?? '';
  return answer(session, 200, typeCodePage(session.account.userId, typed.slice(0, SHOWN_CHARACTERS)));
}

/** `POST /device`: the code was typed. */
export async function findDevice(request: Request, env: Env): Promise<Response> {
  const { session, typed, found } = await readTyped(request, env);
  const { userId } = session.account;
  switch (found.kind) {
    case 'malformed':
      return answer(session, 400, typeCodePage(userId, typed, 'A code has eight letters, without vowels.'));
    case 'unknown':
      return answer(session, 404, typeCodePage(userId, typed, unknownCode(found.left)));
    case 'over':
      return answer(session, 429, tooManyCodesPage(userId, Math.ceil(found.waitSeconds / 60)));
    case 'found':
      return askFor(found, request, env, session);
    default:
      return found satisfies never;
  }
}

/** `POST /device/answer`: its owner has answered. */
export async function answerAskingDevice(request: Request, env: Env): Promise<Response> {
  const { session, form, found } = await readTyped(request, env);
  const { userId } = session.account;
  if (found.kind === 'over')
    return answer(session, 429, tooManyCodesPage(userId, Math.ceil(found.waitSeconds / 60)));
  const isApproved = isApproval(form);
  if (isApproved && found.kind === 'found' && !isConsentOf(userId, form))
    return askFor(found, request, env, session);
  const answered =
    found.kind === 'found' &&
    (await answerDevice(
      env,
      found.userCode,
      isApproved ? { kind: 'approved', approval: { userId, by: session.credential } } : { kind: 'refused' },
    ));
  return answered
    ? answer(session, 200, deviceAnsweredPage(userId, isApproved, answered.name))
    : answer(session, 404, typeCodePage(userId, '', 'That device has stopped asking. Begin anew there.'));
}

/** Enough to see what was typed wrong. */
const SHOWN_CHARACTERS = 20;

type Found =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'unknown'; readonly left: number }
  | { readonly kind: 'over'; readonly waitSeconds: number }
  | { readonly kind: 'found'; readonly userCode: string; readonly device: AskingDevice };

/** A form with a code: who sends it, and what the code names. */
async function readTyped(request: Request, env: Env) {
  const session = await requireSession(request, env);
  const form = await readFormFields(request, limits.formPageBytes);
  const typed = form.get('user_code').slice(0, SHOWN_CHARACTERS);
  return { session, form, typed, found: await lookUp(request, env, session, typed) };
}

/** Looks a code up, as long as one is taken. What can be no code doesn't count. */
async function lookUp(request: Request, env: Env, session: Session, typed: string): Promise<Found> {
  const userCode = readUserCode(typed);
  if (userCode === undefined) return { kind: 'malformed' };
  const typist = typistOf(request, env, session);
  const { isTaken, left, waitSeconds } = await typist.count();
  if (!isTaken) return { kind: 'over', waitSeconds };
  const device = await getDevice(env, userCode);
  if (!device) return left === 0 ? { kind: 'over', waitSeconds } : { kind: 'unknown', left };
  await typist.forgive();
  return { kind: 'found', userCode, device };
}

async function askFor(
  { device, userCode }: Extract<Found, { kind: 'found' }>,
  request: Request,
  env: Env,
  session: Session,
): Promise<Response> {
  const full = await getFullKeysPage(env, session, device.name);
  if (full) return full;
  const isNearby = device.address === (addressOfClient(request) ?? '');
  const shown = { ...device, shownCode: showUserCode(userCode), isNearby };
  return answer(session, 200, approveDevicePage(session.account.userId, shown, Date.now()));
}

function unknownCode(left: number): string {
  const more = left > 3 ? '' : ` ${left === 1 ? 'One more' : `${left} more`} may be wrong.`;
  return `No device asks with this code, or its time is over. Look again, or begin anew there.${more}`;
}

function answer(session: Session, status: number, page: Page): Response {
  return withSession(session, htmlResponse(page, { status, headers: {} }));
}
