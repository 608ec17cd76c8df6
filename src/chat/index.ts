/** Conversations and how models read them; no tensors. */
export type { ChatTemplate, RenderedConversation } from './chat-template.ts';
export {
  checkMessages,
  type JudgedMessages,
  judgeMessages,
  type MessageRejection,
} from './check-messages.ts';
export { type Comparison, type Conversation, type Message, type Role, roles } from './message.ts';
export { createChatTemplate } from './templates/create-chat-template.ts';
export { athanorSpecialTokens, type OwnTemplateName } from './templates/own-templates.ts';
export { truncateMessages } from './truncate.ts';
