/** Conversations to learn from: read, checked, cut to fit, without duplicates, counted. */
export type { ConversationReport, Distribution } from './conversation-report.ts';
export {
  type ConversationFiles,
  type ConversationRecord,
  type ConversationSource,
  conversationFiles,
  generatedConversations,
} from './conversation-source.ts';
export {
  type ConversationPreparation,
  type PreparedConversation,
  type PreparedConversations,
  prepareConversations,
} from './prepare-conversations.ts';
