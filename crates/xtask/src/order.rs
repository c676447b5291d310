//! The order of a module's functions. Deflate, which every server compresses with, finds what is said twice only within
//! 32 KiB, and generic code leaves functions that are nearly the same all over a module of megabytes. Side by side, they
//! weigh little more than one of them.

use anyhow::{Result, anyhow};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// How many bytes a piece of code has of which two functions are told to be alike. Of the lengths from 6 to 12, the engine
/// was smallest with this one.
const PIECE: usize = 8;
/// One piece of so many is looked at, as told by its hash: the same ones in each function.
const SAMPLED: u64 = 2;
/// A piece that more functions have says nothing about which of them are alike.
const COMMON: usize = 400;
/// How many bytes before a function are compared with it: the window of deflate, and some room for what is between.
const WINDOW: usize = 30_000;

/// A module with the same functions, each placed after those whose code is most like its own.
pub(crate) fn alike_side_by_side(module: &[u8]) -> Result<Vec<u8>> {
    let (imported, bodies) = functions(module)?;
    let order = order(&bodies);
    let mut places = vec![0; order.len()];
    for (place, function) in (0..).zip(&order) {
        places[*function] = place;
    }
    let mut written = Module::new();
    Reordered { imported, order, places }
        .parse_core_module(&mut written, Parser::new(0), module)
        .map_err(|error| anyhow!("the functions of the module cannot be put in order: {error}"))?;
    Ok(written.finish())
}

/// How many functions a module imports, and the code of its own ones, which are numbered after these.
pub(crate) fn functions(module: &[u8]) -> Result<(u32, Vec<&[u8]>)> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(&module[body.range()]),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// The functions of a module in a new order.
struct Reordered {
    /// How many functions the module imports. They are numbered before its own.
    imported: u32,
    /// The old number of each function, in the new order.
    order: Vec<usize>,
    /// The new number of each function, in the old order.
    places: Vec<u32>,
}

impl Reencode for Reordered {
    type Error = Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        Ok(index.checked_sub(self.imported).map_or(index, |own| self.imported + self.places[own as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for at in 0..self.order.len() {
            functions.function(self.type_index(types[self.order[at]])?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for at in 0..self.order.len() {
            self.parse_function_body(code, bodies[self.order[at]].clone())?;
        }
        Ok(())
    }
}

/// The order in which each body shares most pieces, for its length, with those right before it.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let (pieces, holders) = pieces(bodies);
    // How many of the bodies in the window hold a piece, and how many pieces of a body are in the window.
    let (mut held, mut shared) = (vec![0_u32; holders.len()], vec![0_u32; bodies.len()]);
    let mut left = (0..bodies.len()).collect::<Vec<_>>();
    let (mut window, mut bytes) = (VecDeque::new(), 0);
    let mut order = Vec::new();
    while let Some(at) = most_alike(&left, &shared, bodies) {
        let next = left.remove(at);
        order.push(next);
        window.push_back(next);
        bytes += bodies[next].len();
        for piece in &pieces[next] {
            held[*piece] += 1;
            if held[*piece] == 1 {
                for holder in &holders[*piece] {
                    shared[*holder] += 1;
                }
            }
        }
        while bytes > WINDOW && window.len() > 1 {
            let Some(gone) = window.pop_front() else { break };
            bytes -= bodies[gone].len();
            for piece in &pieces[gone] {
                held[*piece] -= 1;
                if held[*piece] == 0 {
                    for holder in &holders[*piece] {
                        shared[*holder] -= 1;
                    }
                }
            }
        }
    }
    order
}

/// Where in `left` the body stands that shares most with the window: the first of several.
fn most_alike(left: &[usize], shared: &[u32], bodies: &[&[u8]]) -> Option<usize> {
    // Compared without division: a / b > c / d where a × d > c × b.
    let share = |at: usize| (u64::from(shared[left[at]]), bodies[left[at]].len() as u64 + 1);
    (0..left.len()).reduce(|best, at| {
        let ((a, b), (c, d)) = (share(at), share(best));
        if a * d > c * b { at } else { best }
    })
}

/// The pieces that are sampled of each body, by number, and the bodies that hold each piece.
fn pieces(bodies: &[&[u8]]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut holders: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
    for (body, bytes) in bodies.iter().enumerate() {
        for piece in bytes.windows(PIECE).map(hash).filter(|piece| piece % SAMPLED == 0) {
            holders.entry(piece).or_default().insert(body);
        }
    }
    let telling = holders.into_values().filter(|holders| (2..=COMMON).contains(&holders.len()));
    let holders = telling.map(|holders| holders.into_iter().collect()).collect::<Vec<Vec<_>>>();
    let mut pieces = vec![Vec::new(); bodies.len()];
    for (piece, holders) in holders.iter().enumerate() {
        for holder in holders {
            pieces[*holder].push(piece);
        }
    }
    (pieces, holders)
}

/// FNV-1a of 64 bits, as its authors give it, with its high bits mixed into the low ones that the sample is told by.
fn hash(piece: &[u8]) -> u64 {
    let hash = piece
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, ExportSection, Function, TypeSection, ValType};

    /// A module whose functions return what they are told to.
    fn module(values: &[&[i32]]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let (mut functions, mut exports, mut code) =
            (FunctionSection::new(), ExportSection::new(), CodeSection::new());
        for (at, values) in (0..).zip(values) {
            functions.function(0);
            exports.export(&format!("f{at}"), ExportKind::Func, at);
            let mut body = Function::new([]);
            body.instructions().i32_const(0);
            values.iter().for_each(|value| {
                body.instructions().i32_const(*value).i32_add();
            });
            body.instructions().end();
            code.function(&body);
        }
        module.section(&types).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    /// The exports of a module in the order of their functions, each with its code.
    fn exported(module: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
        let (_, bodies) = functions(module)?;
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(module) {
            let Payload::ExportSection(exports) = payload? else { continue };
            for export in exports {
                let export = export?;
                names.insert(export.index as usize, export.name.to_owned());
            }
        }
        Ok(names.into_iter().map(|(at, name)| (name, bodies[at].to_vec())).collect())
    }

    #[test]
    fn functions_alike_stand_side_by_side_and_keep_their_names() -> Result<()> {
        let one = (1000..1040).collect::<Vec<_>>();
        let other = (900_000..900_040).collect::<Vec<_>>();
        let given = module(&[&one, &other, &one[1..], &other[1..]]);

        let written = alike_side_by_side(&given)?;

        let (mut before, after) = (exported(&given)?, exported(&written)?);
        before.swap(1, 2);
        assert_eq!(before, after);
        Ok(())
    }
}
