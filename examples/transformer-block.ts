/** A Transformer block learns to repeat eight tokens: the loss falls from ln 16 = 2.8 below 0.05. */
import * as nn from 'athanor/nn';
import { AdamW, cosine } from 'athanor/optim';
import { cat, liveTensors, manualSeed, randint, scope, type Tensor } from 'athanor/tensor';

const [vocabSize, hiddenSize, initWeight] = [16, 32, nn.normal(0.1)] as const;
const heads = { numHeads: 2, contextLength: 15, ropeBase: 100 };

/** Shapes: B batch, T positions, C hidden. */
class Repeater extends nn.Module {
  readonly tokens = new nn.Embedding({ numEmbeddings: vocabSize, hiddenSize, initWeight });
  readonly norm1 = new nn.RmsNorm({ hiddenSize });
  readonly attention = new nn.CausalSelfAttention({ hiddenSize, ...heads });
  readonly norm2 = new nn.RmsNorm({ hiddenSize });
  readonly feedForward = new nn.FeedForward({ hiddenSize });

  /** tokens, int64[B, T] → [B, T, C] */
  forward(tokens: Tensor): Tensor {
    const x = this.tokens.forward(tokens);
    const attended = x.add(this.attention.forward(this.norm1.forward(x)));
    return attended.add(this.feedForward.forward(this.norm2.forward(attended)));
  }
}

manualSeed(1);
const model = new Repeater();
const optimizer = new AdamW([{ parameters: model.parameters() }]);
const learningRate = cosine({ peak: 0.02, totalSteps: 150, warmupSteps: 20 });
const trainStep = (step: number) => {
  const tokens = randint(vocabSize, [32, 8]);
  const hidden = model.forward(cat([tokens, tokens.narrow(1, 0, 7)], 1)).narrow(1, 7, 8);
  const loss = nn.tokenLoss(hidden, model.tokens.weight, tokens);
  loss.backward();
  optimizer.step(learningRate(step));
  optimizer.zeroGrad();
  return loss.item();
};
const losses = Array.from({ length: 150 }, (_, step) => scope(() => trainStep(step)));
for (const owner of [model, optimizer]) owner.dispose();
console.log(`loss ${losses[0]} → ${losses.at(-1)}, ${liveTensors()} tensors alive`);
