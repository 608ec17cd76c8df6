/** Conversations and how models read them; no tensors. */
export {
  type ChatTemplate,
  endOfAnswer,
  type RenderedConversation,
  type TokenNames,
} from './chat-template.ts';
export {
  checkMessages,
  type JudgedMessages,
  judgeMessages,
  type MessageRejection,
} from './check-messages.ts';
export type { ComparisonRejection, JudgedComparison } from './comparisons/judge-comparison.ts';
export {
  type ComparisonFormat,
  comparisonFormats,
  readComparison,
} from './comparisons/read-comparison.ts';
export { type ConversationFormat, conversationFormats, readRow } from './formats/read-row.ts';
export type { Row, RowContent, RowRejection } from './formats/row-content.ts';
export { createJinjaTemplate, type JinjaTemplate } from './jinja/create-jinja-template.ts';
export type { JinjaLimits } from './jinja/jinja-thread.ts';
export { type Comparison, type Conversation, type Message, type Role, roles } from './message.ts';
export { TemplateRefusal } from './template-refusal.ts';
export { createChatTemplate } from './templates/create-chat-template.ts';
export { athanorSpecialTokens, type OwnTemplateName } from './templates/own-templates.ts';
export { chatTemplateOf, templateFileNames } from './templates/template-of-folder.ts';
export { truncateMessages } from './truncate.ts';
