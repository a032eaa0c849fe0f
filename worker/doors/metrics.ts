// The door for Prometheus: `GET /metrics`, for whoever shows the instance's METRICS_TOKEN.

import { requireToken } from '../identity/operator-token.ts';
import { summing } from '../metrics/isolate.ts';
import { metricsOf } from '../metrics/summing.ts';

export async function readMetrics(request: Request, env: Env): Promise<Response> {
  requireToken(request, env.METRICS_TOKEN);
  // Others' counts come within seconds; this isolate's are there already.
  await summing.flush(env);
  return new Response(await metricsOf(env).text(), {
    headers: {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
