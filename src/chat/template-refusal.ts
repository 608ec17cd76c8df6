import { ConfigError } from '../base/index.ts';

/** A template of a model refuses these messages, or would change them; it may take others. */
export class TemplateRefusal extends ConfigError {}
