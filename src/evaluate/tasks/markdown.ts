/** Text that Markdown shows as it is. */
export function literal(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|&]/g, '\\$&').toWellFormed();
}
