// The registration page's script: tells while one types whether a user id is free. The page works without it.

import { limits } from '../../shared/limits.ts';

export const FREE_SCRIPT = `
const input = document.getElementById('userId');
const said = document.getElementById('userId-free');
let timer, asked;
input.addEventListener('input', () => {
  clearTimeout(timer);
  asked?.abort();
  said.textContent = '';
  input.removeAttribute('aria-invalid');
  document.getElementById('userId-refused')?.remove();
  const userId = input.value.trim();
  if (userId.length < ${limits.userIdCharacters.min}) return;
  timer = setTimeout(async () => {
    asked = new AbortController();
    try {
      const answer = await fetch('/sign-in/free?userId=' + encodeURIComponent(userId), { signal: asked.signal });
      if (!answer.ok) return;
      const { free, detail } = await answer.json();
      said.textContent = detail;
      said.className = free ? 'hint' : 'refused';
    } catch {
      // Whether it is free is told when the form is sent.
    }
  }, ${limits.signIn.typingPauseMs});
});
`;
