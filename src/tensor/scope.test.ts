import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import {
  keep,
  liveTensors,
  memoryStats,
  noGrad,
  ones,
  scope,
  type Tensor,
  tensor,
  traceTensors,
  zeros,
} from './index.ts';

/** How many more tensors live after `body` than before. */
function growth(body: () => void): number {
  const before = liveTensors();
  body();
  return liveTensors() - before;
}

describe('scope', () => {
  test('frees what was made in it', () => {
    let inside: Tensor | undefined;
    expect(
      growth(() =>
        scope(() => {
          inside = ones([2]).add(1);
        }),
      ),
    ).toBe(0);
    expect(inside?.isDisposed).toBe(true);
  });

  test.each([
    ['a tensor', (t: Tensor) => t],
    ['an array', (t: Tensor) => [1, [t]]],
    ['a plain object', (t: Tensor) => ({ loss: t })],
    ['an object without a prototype', (t: Tensor) => Object.assign(Object.create(null), { t })],
    ['a Map', (t: Tensor) => new Map([['loss', t]])],
    ['a Set', (t: Tensor) => new Set([t])],
    ['a disposable holder', (t: Tensor) => new Holder(t)],
  ])('lets a tensor out in %s', (_, pack) => {
    let made: Tensor | undefined;
    const packed = scope(() => {
      made = ones([2]);
      made.add(1);
      return pack(made);
    });
    expect(packed).toBeDefined();
    expect(made?.toArray()).toEqual([1, 1]);
    made?.dispose();
  });

  test('does not look into other class instances', () => {
    const held = scope(() => ({ inner: new Opaque(ones([1])) }));
    expect(held.inner.held.isDisposed).toBe(true);
  });

  test('survives an object that contains itself', () => {
    const loop = scope(() => {
      const self: Record<string, unknown> = { t: ones([1]) };
      self.self = self;
      return self;
    });
    (loop.t as Tensor).dispose();
  });

  test('does not touch tensors made before, even when they are returned', () => {
    using before = ones([1]);
    scope(() => scope(() => before));
    expect(before.isDisposed).toBe(false);
  });

  test('moves a survivor to the scope around it, not further', () => {
    scope(() => {
      const outer = ones([1]);
      const moved = scope(() => outer.add(1));
      expect(moved.item()).toBe(2);
      expect(growth(() => scope(() => void scope(() => moved.add(1))))).toBe(0);
    });
    expect(growth(() => scope(() => void scope(() => ones([1])).add(1)))).toBe(0);
  });

  test('frees everything when its function throws', () => {
    const failing = () =>
      scope(() => {
        ones([1]);
        scope(() => ones([2]));
        throw new Error('stop');
      });
    expect(growth(() => expect(failing).toThrow('stop'))).toBe(0);
  });

  test('refuses a promise and a generator, and frees what was made', () => {
    const asynchronous = () => scope(async () => ones([1]));
    expect(
      growth(() => expect(asynchronous).toThrow(/must finish before it returns, got a prom/)),
    ).toBe(0);
    function* generate() {
      yield ones([1]);
    }
    expect(() => scope(generate)).toThrow(/got a generator/);
    expect(() => noGrad(async () => {})).toThrow(/noGrad must finish before it returns/);
  });
});

describe('keep and dispose', () => {
  test('keep takes a tensor out of every scope', () => {
    const kept: Tensor[] = [];
    scope(() => scope(() => void kept.push(keep(ones([1])))));
    expect(kept[0]?.toArray()).toEqual([1]);
    kept[0]?.dispose();
  });

  test('using disposes at the end of a block; twice does no harm', () => {
    const outside: Tensor[] = [];
    {
      using inside = ones([1]);
      outside.push(inside);
    }
    expect(outside[0]?.isDisposed).toBe(true);
    outside[0]?.dispose();
  });

  test('a view keeps the memory that it shares', () => {
    const base = ones([4]);
    using view = base.narrow(0, 1, 2);
    base.dispose();
    expect(view.toArray()).toEqual([1, 1]);
  });

  test('a disposed tensor is refused by name, and can say where it was made', () => {
    const gone = ones([1]);
    gone.dispose();
    expect(() => gone.add(1)).toThrow(/add\.Scalar\.self must be a live tensor, got a disposed/);
    traceTensors(true);
    const traced = ones([1]);
    traced.dispose();
    expect(() => traced.shape).not.toThrow(TypeError);
    expect(() => traced.add(1)).toThrow(/made\n\s+at .*scope\.test\.ts/s);
    traceTensors(false);
  });

  test('the garbage collector frees what left every scope and was lost', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const before = liveTensors();
    (() => void Array.from({ length: 10 }, () => zeros([1024, 1024])))();
    expect(liveTensors()).toBe(before + 10);
    const liveBytes = memoryStats().liveBytes;
    for (let i = 0; i < 100 && liveTensors() > before; i++) {
      collectGarbage();
      await setTimeout(5);
    }
    expect(liveTensors()).toBe(before);
    expect(memoryStats().liveBytes).toBeLessThanOrEqual(liveBytes - 10 * 4 * 1024 * 1024);
  });
});

describe('noGrad', () => {
  test('records nothing inside, and records again after, also after a throw', () => {
    scope(() => {
      const x = tensor([1, 2], { requiresGrad: true });
      expect(noGrad(() => x.mul(2)).requiresGrad).toBe(false);
      expect(() =>
        noGrad(() => {
          throw new Error('stop');
        }),
      ).toThrow('stop');
      expect(x.mul(2).requiresGrad).toBe(true);
    });
  });
});

class Holder {
  readonly held: Tensor;
  constructor(held: Tensor) {
    this.held = held;
  }
  [Symbol.dispose](): void {
    this.held.dispose();
  }
}

class Opaque {
  readonly held: Tensor;
  constructor(held: Tensor) {
    this.held = held;
  }
}
