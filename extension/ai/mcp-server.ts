// Tells the editor of the edge's MCP server, so that its language models find the stack there too. It is offered
// where somebody is signed in; the key goes along when the editor starts it, and is kept nowhere else.

import { type Disposable, l10n, lm, McpHttpServerDefinition, Uri } from 'vscode';
import type { Connection, Session } from '../session/session.ts';
import { mcpProviderId } from './names.ts';

export function registerMcpServer(session: Session): Disposable {
  return lm.registerMcpServerDefinitionProvider(mcpProviderId, {
    onDidChangeMcpServerDefinitions: session.onDidChange,
    async provideMcpServerDefinitions() {
      const connection = await session.get();
      return connection ? [definitionOf(connection)] : [];
    },
    async resolveMcpServerDefinition(server: McpHttpServerDefinition) {
      const connection = await session.get();
      const key = await session.getKey();
      // A key goes to its own edge alone, also where another was chosen since the server was offered.
      const isOffered = connection && definitionOf(connection).uri.toString() === server.uri.toString();
      if (!isOffered || key === undefined) throw new Error(l10n.t('Sign in to pybin first.'));
      server.headers = { authorization: `Bearer ${key}` };
      return server;
    },
  });
}

/** One for each account: a server that runs for another is not this one. */
function definitionOf({ endpoint, userId }: Connection): McpHttpServerDefinition {
  const label = userId === undefined ? 'pybin' : `pybin (${userId})`;
  return new McpHttpServerDefinition(label, Uri.parse(`${endpoint}/mcp`));
}
