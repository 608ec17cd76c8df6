/** A model that is compared. */
import { ConfigError } from '../../base/index.ts';
import { type ChatTemplate, chatTemplateOf } from '../../chat/index.ts';
import { checkSavedWith, isAdapterFolder, type LoadedModel, loadModel } from '../../model/index.ts';

export class Side implements Disposable {
  readonly folder: string;
  readonly model: LoadedModel['model'];
  readonly tokenizer: LoadedModel['tokenizer'];
  readonly template: ChatTemplate;

  private constructor(folder: string, { model, tokenizer }: LoadedModel, template: ChatTemplate) {
    this.folder = folder;
    this.model = model;
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /** @throws ConfigError for a model that has not learned to answer; as `loadModel`. */
  static async open(folder: string): Promise<Side> {
    const loaded = await loadModel(folder);
    try {
      const template = await chatTemplateOf(folder, loaded.tokenizer);
      if (template === undefined) throw withoutTemplate(folder);
      const own = { tokenizer: loaded.tokenizer, chatTemplate: template };
      if (!isAdapterFolder(folder)) checkSavedWith(folder, own);
      return new Side(folder, loaded, template);
    } catch (error) {
      loaded.model.dispose();
      throw error;
    }
  }

  /** @throws ConfigError unless tokens mean the same in a model or reward model of another folder. */
  checkSameTokens({
    folder,
    tokenizer,
    template,
  }: Pick<Side, 'folder' | 'tokenizer' | 'template'>) {
    const isSame =
      tokenizer.hash === this.tokenizer.hash && template.source === this.template.source;
    if (isSame) return;
    throw new ConfigError({
      what: `the tokenizer and chat template of ${folder}`,
      must: `be those of ${this.folder}`,
      got: 'others',
      hint: 'models are compared token by token, and a reward model reads only its own tokens',
    });
  }

  [Symbol.dispose](): void {
    this.model.dispose();
  }
}

function withoutTemplate(folder: string): ConfigError {
  const hint = 'fine-tune it first: athanor sft <recipe>';
  return new ConfigError({ what: folder, must: 'have a chat template', got: 'none', hint });
}
