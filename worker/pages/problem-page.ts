// What a browser gets where something went wrong: what happened, and how to go on.

import { type Problem, problems } from '../../shared/problem.ts';
import { html, type Page } from './html.ts';

export function problemPage(problem: Problem): Page {
  const { status, title } = problems[problem.code];
  return {
    title,
    body: html`<main>
      <h1>${status} · ${title}</h1>
      <p>${problem.detail}</p>
    </main>`,
  };
}
