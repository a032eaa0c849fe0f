// What language models know pybin by. The manifest describes the same.

export const toolNames = ['push_snippet', 'pull_snippet'] as const;
export type ToolName = (typeof toolNames)[number];

export const mcpProviderId = 'pybin.mcp';
