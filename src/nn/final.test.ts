import { expect, test } from 'vitest';
import { Dropout, Module } from './index.ts';

abstract class Shape extends Module {
  abstract area(): number;
  forward(): number {
    return this.area();
  }
}

class Square extends Shape {
  area(): number {
    return 4;
  }
}

class Rhombus extends Square {
  override area(): number {
    return 3;
  }
}

class Hidden extends Square {
  override forward(): number {
    return 0;
  }
}

class Loud extends Dropout {
  override eval(): this {
    return this;
  }
}

test('a method that is written already is not written again', () => {
  expect(new Square().forward()).toBe(4);
  expect(() => new Rhombus()).toThrow(
    /area of Square must be abstract, or stay .*, got another one in Rhombus/,
  );
  expect(() => new Hidden()).toThrow(/forward of Shape must be abstract/);
  expect(() => new Loud(1)).toThrow(/eval of Module must be/);
});
