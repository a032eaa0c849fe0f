// Looks for secrets in a text: secretlint's recommended rules and the patterns beside. Loaded when the first text is
// pushed: the rules are large.

import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { type FoundSecret, merged } from './found-secret.ts';
import { findByPattern } from './patterns.ts';

const PRESET = '@secretlint/secretlint-rule-preset-recommend';
/** A comment in a text that came from elsewhere must not switch the check off. */
const COMMENTS = '@secretlint/secretlint-rule-filter-comments';

const config = {
  rules: [{ id: PRESET, rule: creator, rules: [{ id: COMMENTS, disabled: true }] }],
};

/** All secrets of a text, in order, none touching another. */
export async function scan(text: string): Promise<FoundSecret[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: 'snippet', ext: '', contentType: 'text' },
    options: { config, noPhysicFilePath: true },
  });
  const byRule = messages.map(({ range: [start, end], ruleId }) => ({ what: nameOf(ruleId), start, end }));
  return merged([...byRule, ...findByPattern(text)]);
}

/** A rule's id is the end of its package's name. */
function nameOf(ruleId: string): string {
  const rule = ruleId.slice(ruleId.lastIndexOf('secretlint-rule-') + 'secretlint-rule-'.length);
  return NAMES[rule] ?? `${rule} secret`;
}

const NAMES: Readonly<Record<string, string>> = {
  '1password': '1Password secret',
  anthropic: 'Anthropic key',
  aws: 'AWS secret',
  basicauth: 'password in an address',
  'database-connection-string': 'password in a connection string',
  gcp: 'Google Cloud key',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  huggingface: 'Hugging Face token',
  npm: 'npm token',
  openai: 'OpenAI key',
  privatekey: 'private key',
  sendgrid: 'SendGrid key',
  slack: 'Slack token',
  stripe: 'Stripe key',
};
