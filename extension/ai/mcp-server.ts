// Tells the editor of the edge's MCP server, so that its language models find the stack there too. It is offered
// where somebody is signed in; the key goes along when the editor starts it, and is kept nowhere else.

import { type Disposable, l10n, lm, McpHttpServerDefinition, Uri } from 'vscode';
import type { Session } from '../session/session.ts';
import { mcpProviderId } from './names.ts';

export function registerMcpServer(session: Session): Disposable {
  return lm.registerMcpServerDefinitionProvider(mcpProviderId, {
    onDidChangeMcpServerDefinitions: session.onDidChange,
    async provideMcpServerDefinitions() {
      const connection = await session.get();
      return connection ? [definitionOf(connection.endpoint)] : [];
    },
    async resolveMcpServerDefinition(server: McpHttpServerDefinition) {
      const key = await session.getKey();
      if (key === undefined) throw new Error(l10n.t('Sign in to pybin first.'));
      server.headers = { authorization: `Bearer ${key}` };
      return server;
    },
  });
}

function definitionOf(endpoint: string): McpHttpServerDefinition {
  return new McpHttpServerDefinition('pybin', Uri.parse(`${endpoint}/mcp`));
}
