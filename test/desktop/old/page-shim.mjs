// What JavaScript gained between Chromium 83 and the one the page is built for, as far as the page uses it. Next: renderer/main.tsx.
const define = (holder, methods) => {
  for (const [name, value] of Object.entries(methods))
    if (!(name in holder)) Object.defineProperty(holder, name, { value, writable: true, configurable: true });
};
const from = (list, index) => list[index < 0 ? list.length + index : index];

define(Object, {
  hasOwn: (holder, key) => Reflect.getOwnPropertyDescriptor(holder, key) !== undefined,
  groupBy(list, keyOf) {
    const groups = Object.create(null);
    for (const one of list) groups[keyOf(one)] = [...(groups[keyOf(one)] ?? []), one];
    return groups;
  },
});
define(Map, {
  groupBy(list, keyOf) {
    const groups = new Map();
    for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
    return groups;
  },
});
define(Promise, {
  withResolvers() {
    const made = {};
    made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
  },
});
define(String.prototype, {
  at(index) {
    return from(this, index);
  },
  replaceAll(what, to) {
    return what instanceof RegExp ? this.replace(what, to) : this.split(what).join(to);
  },
});
for (const kind of [Array, Int32Array, Float64Array, Float32Array, Uint32Array, Uint8Array])
  define(kind.prototype, {
    at(index) {
      return from(this, index);
    },
    findLast(test) {
      return Array.from(this).reverse().find(test);
    },
    findLastIndex(test) {
      for (let at = this.length - 1; at >= 0; at--) if (test(this[at], at)) return at;
      return -1;
    },
    toSorted(compare) {
      return this.slice().sort(compare);
    },
    toReversed() {
      return this.slice().reverse();
    },
    with(index, value) {
      const copy = this.slice();
      copy[index] = value;
      return copy;
    },
  });
define(globalThis, { structuredClone: (value) => JSON.parse(JSON.stringify(value)) });
