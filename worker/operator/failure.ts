// How an operator's command ends badly: in words that say what to do.

export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** Runs a command; where it can't be done, says why and ends the process with 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error(`Stopped. ${error.message}`);
    process.exitCode = 1;
  }
}
