// `npm run deploy`: an instance on Cloudflare, made or brought up to date. `--dry-run` only tells the steps.

import { deploy } from './deploy.ts';
import { DeployError } from './failures.ts';
import { deploySettings } from './settings.ts';

/** A new address at workers.dev takes a minute or two until its certificate is there. */
const patience = { totalMs: 180_000, pauseMs: 2_000 };

try {
  const settings = deploySettings(process.argv.slice(2), process.env);
  await deploy({
    settings,
    environment: process.env,
    patience,
    ask: fetch,
    tell: (line) => console.log(line),
  });
} catch (error) {
  if (!(error instanceof DeployError)) throw error;
  console.error(`Stopped. ${error.message}`);
  process.exitCode = 1;
}
