// What the process around the editor's extensions knows. A browser has no process: there it knows nothing.

/** The key that whoever started the editor chose for it. */
export function getEnvironmentKey(): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env['PYBIN_KEY']?.trim() || undefined;
}

/** The name of the machine that the editor's extensions run on. Asked of the process: an import would not load in a browser. */
export function getHostName(): string | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return undefined;
  return process.getBuiltinModule('node:os').hostname() || undefined;
}
