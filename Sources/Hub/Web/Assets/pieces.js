// The page's own pieces of markup (`<template>`s, the same that the hub renders rows and bars with), copied and filled with
// text. Nothing that comes from a site ever becomes markup.

export const $ = (id) => document.getElementById(id);
export const piece = (id) => $(id).content.firstElementChild.cloneNode(true);
export const part = (node, name) => node.querySelector(`[data-is="${name}"]`);

/** Writes a text where it differs: an unchanged one is not read out again. */
export const write = (node, text) => { if (node && node.textContent !== text) node.textContent = text; };
export const fill = (node, name, text) => write(part(node, name), text);

export function element(name, properties, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}
