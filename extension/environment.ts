// What the process around the editor's extensions knows. A browser has no process: there it knows nothing.

/** The key that whoever started the editor chose for it. */
export function getEnvironmentKey(): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env['PYBIN_KEY']?.trim() || undefined;
}
