// The first sign-in: somebody whom a provider knows gets an account.

import { isUserId } from '../../shared/address.ts';
import { limits } from '../../shared/limits.ts';
import { visibilities } from '../../shared/snippet.ts';
import { refuseUserId } from '../../shared/user-id.ts';
import { endRegistration, requireRegistration } from '../identity/attempt.ts';
import type { RegistrationFlow } from '../identity/flow/state.ts';
import { getProvider, isProviderId } from '../identity/providers/table.ts';
import { requireSameOrigin } from '../identity/same-origin.ts';
import { refuseManySignIns } from '../identity/sign-in-rate.ts';
import { routingHashOf } from '../ids/routing-hash.ts';
import { readFormFields } from '../intake/form-fields.ts';
import { stackOf } from '../stack/stub.ts';
import { htmlResponse } from './html.ts';
import { registrationPage, type ShownRegistration } from './registration-page.ts';
import { tellFailure } from './sign-in-failure.ts';
import { openSession } from './sign-in.ts';

const noProvider = { id: 'none', name: 'the provider' } as const;
const noWay = { isLink: false, returnPath: undefined } as const;

type Entered = Pick<ShownRegistration, 'attempt' | 'userId' | 'visibility'>;

/** `GET /sign-in/register?attempt=…` */
export async function showRegistration(request: Request, env: Env): Promise<Response> {
  const attempt = new URL(request.url).searchParams.get('attempt') ?? '';
  return tellFailure(noProvider, noWay, async () => {
    const flow = await requireRegistration(request, env, attempt);
    return answerWith(env, flow, { attempt, userId: '', visibility: '' }, {});
  });
}

/** `POST /sign-in/register`: opens the account, and signs in to it. What was entered stays where it can't be had. */
export async function register(request: Request, env: Env): Promise<Response> {
  requireSameOrigin(request);
  const fields = await readFormFields(request, limits.formPageBytes);
  const entered: Entered = {
    attempt: fields.get('attempt'),
    userId: fields.get('userId').trim().toLowerCase(),
    visibility: fields.get('visibility'),
  };
  return tellFailure(noProvider, noWay, async () => {
    const flow = await requireRegistration(request, env, entered.attempt);
    const { userId } = entered;
    const defaultVisibility = visibilities.find((known) => known === entered.visibility);
    const badUserId = refuseUserId(userId);
    if (badUserId !== undefined || !defaultVisibility)
      return answerWith(env, flow, entered, {
        ...(badUserId !== undefined && { userId: badUserId }),
        ...(!defaultVisibility && { visibility: 'Choose one of these.' }),
      });
    const registered = await stackOf(env, routingHashOf(userId)).register(
      { userId, defaultVisibility },
      { name: flow.identity, provider: flow.provider },
    );
    if (!registered.ok) {
      const { detail, field } = registered.problem;
      return answerWith(env, flow, entered, { [field === 'userId' ? field : '']: detail });
    }
    await endRegistration(env, entered.attempt);
    return openSession(request, env, userId, flow.returnPath);
  });
}

/** `GET /sign-in/free?userId=…`: whether a user id can be had, in words for the one who types it. */
export async function tellFree(request: Request, env: Env): Promise<Response> {
  await refuseManySignIns(request, env);
  const userId = (new URL(request.url).searchParams.get('userId') ?? '').trim().toLowerCase();
  const bad = refuseUserId(userId);
  const free = bad === undefined && isUserId(userId) && (await stackOf(env, routingHashOf(userId)).isFree());
  const detail = bad ?? (free ? `${userId} is free.` : `${userId} is taken. Choose another.`);
  return Response.json({ free, detail }, { headers: { 'cache-control': 'no-store' } });
}

function answerWith(
  env: Env,
  flow: RegistrationFlow,
  entered: Entered,
  refused: ShownRegistration['refused'],
): Response {
  const provider = isProviderId(flow.provider) ? getProvider(env, flow.provider) : undefined;
  const page = registrationPage({ ...entered, refused, provider: provider?.name ?? noProvider.name });
  const status = Object.keys(refused).length === 0 ? 200 : 400;
  return htmlResponse(page, { status, headers: { 'cache-control': 'no-store' } });
}
