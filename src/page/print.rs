//! Fingerprints of what templates are given: two views that differ in a name or a value have different ones.

use crate::text::Digest;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::fmt::Error;

/// Takes views in, and gives the fingerprint of all of them.
pub struct Print {
    // Every value is its mark, and what tells where it ends: no two views are written alike.
    bytes: Vec<u8>,
    /// Whether something came that has no fingerprint.
    is_blurred: bool,
}

/// What opens a value.
#[derive(Clone, Copy)]
enum Mark {
    Nothing,
    Something,
    Truth,
    Signed,
    Unsigned,
    Float,
    Text,
    Variant,
    List,
    Map,
    End,
}

/// Bytes that most pages are smaller than; growing to them step by step would copy each several times.
const ROOM: usize = 64 * 1024;

impl Default for Print {
    fn default() -> Print {
        Print { bytes: Vec::with_capacity(ROOM), is_blurred: false }
    }
}

impl Print {
    /// Takes a view in.
    pub fn add(&mut self, view: &(impl Serialize + ?Sized)) {
        self.is_blurred |= view.serialize(&mut *self).is_err();
    }

    /// The fingerprint of what was taken in; `None` where something of it has none.
    pub fn digest(&self) -> Option<Digest> {
        (!self.is_blurred).then(|| Digest::of(&self.bytes))
    }

    fn mark(&mut self, mark: Mark) {
        self.bytes.push(mark as u8);
    }

    fn number(&mut self, mark: Mark, bytes: &[u8]) -> Result<(), Error> {
        self.mark(mark);
        self.sized(bytes);
        Ok(())
    }

    fn sized(&mut self, bytes: &[u8]) {
        self.bytes.extend((bytes.len() as u64).to_le_bytes());
        self.bytes.extend(bytes);
    }

    fn open(&mut self, mark: Mark, name: &str) -> Result<&mut Print, Error> {
        self.mark(mark);
        self.sized(name.as_bytes());
        Ok(self)
    }

    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.sized(name.as_bytes());
        value.serialize(&mut *self)
    }

    fn close(&mut self) -> Result<(), Error> {
        self.mark(Mark::End);
        Ok(())
    }
}

impl<'p> Serializer for &'p mut Print {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = &'p mut Print;
    type SerializeTuple = &'p mut Print;
    type SerializeTupleStruct = &'p mut Print;
    type SerializeTupleVariant = &'p mut Print;
    type SerializeMap = &'p mut Print;
    type SerializeStruct = &'p mut Print;
    type SerializeStructVariant = &'p mut Print;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.number(Mark::Truth, &[u8::from(value)])
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.number(Mark::Signed, &value.to_le_bytes())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.number(Mark::Signed, &value.to_le_bytes())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.number(Mark::Signed, &value.to_le_bytes())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.number(Mark::Signed, &value.to_le_bytes())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.number(Mark::Unsigned, &value.to_le_bytes())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.number(Mark::Unsigned, &value.to_le_bytes())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.number(Mark::Unsigned, &value.to_le_bytes())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.number(Mark::Unsigned, &value.to_le_bytes())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.number(Mark::Float, &value.to_le_bytes())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.number(Mark::Float, &value.to_le_bytes())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.serialize_bytes(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.mark(Mark::Text);
        self.sized(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.mark(Mark::Something);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.mark(Mark::Nothing);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.open(Mark::Variant, variant)?.close()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let print = self.open(Mark::Variant, variant)?;
        value.serialize(&mut *print)?;
        print.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<&'p mut Print, Error> {
        self.open(Mark::List, "")
    }

    fn serialize_tuple(self, _: usize) -> Result<&'p mut Print, Error> {
        self.open(Mark::List, "")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<&'p mut Print, Error> {
        self.open(Mark::List, "")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<&'p mut Print, Error> {
        self.open(Mark::Variant, variant)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<&'p mut Print, Error> {
        self.open(Mark::Map, "")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<&'p mut Print, Error> {
        self.open(Mark::Map, "")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<&'p mut Print, Error> {
        self.open(Mark::Variant, variant)
    }
}

/// Lists of values, by whatever name.
macro_rules! lists {
    ($($list:ident $add:ident),*) => {$(
        impl $list for &mut Print {
            type Ok = ();
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

lists!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

/// Values with names.
macro_rules! structures {
    ($($structure:ident),*) => {$(
        impl $structure for &mut Print {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

structures!(SerializeStruct, SerializeStructVariant);

/// The entries of a map, in its order: a template may show them in that.
impl SerializeMap for &mut Print {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(serde::Serialize)]
    struct View<'a> {
        title: &'a str,
        lists: Vec<Vec<&'a str>>,
        note: Option<&'a str>,
    }

    #[derive(serde::Serialize)]
    struct Renamed<'a> {
        heading: &'a str,
        lists: Vec<Vec<&'a str>>,
        note: Option<&'a str>,
    }

    type Add<'a> = dyn Fn(&mut Print) + 'a;

    fn print(views: &[&Add]) -> Option<Digest> {
        let mut print = Print::default();
        views.iter().for_each(|add| add(&mut print));
        print.digest()
    }

    #[test]
    fn views_that_differ_have_different_prints() {
        let view = |title, lists: &[&[&'static str]], note| {
            let lists = lists.iter().map(|list| list.to_vec()).collect();
            move |print: &mut Print| print.add(&View { title, lists: Clone::clone(&lists), note })
        };
        let all: Vec<Box<Add>> = vec![
            Box::new(view("a", &[&["b", "c"]], None)),
            Box::new(view("a", &[&["b"], &["c"]], None)),
            Box::new(view("a", &[&["bc"]], None)),
            Box::new(view("a", &[&["b", "c"], &[]], None)),
            Box::new(view("a", &[&["b", "c"]], Some(""))),
            Box::new(view("ab", &[&["c"]], None)),
            Box::new(|print| print.add(&Renamed { heading: "a", lists: vec![vec!["b", "c"]], note: None })),
            Box::new(|print| print.add(&BTreeMap::from([("a", 1)]))),
            Box::new(|print| print.add(&BTreeMap::from([("a", true)]))),
            Box::new(|print| print.add(&("a", "b"))),
            Box::new(|print| print.add("a")),
            Box::new(|print| print.add(&1u8)),
            Box::new(|print| print.add(&1i8)),
            Box::new(|print| print.add(&true)),
            Box::new(|print| print.add(&())),
        ];
        let prints: std::collections::BTreeSet<_> = all.iter().map(|add| print(&[add])).collect();
        assert!(prints.len() == all.len() && !prints.contains(&None));
        let map = |keys: [&'static str; 2]| {
            let entries = keys.map(|key| (tera::value::Key::Str(key), tera::Value::from(key)));
            tera::Value::from(entries.into_iter().collect::<tera::Map>())
        };
        let (one, other) = (map(["a", "b"]), map(["b", "a"]));
        assert_ne!(print(&[&|print| print.add(&one)]), print(&[&|print| print.add(&other)]));
        assert_eq!(print(&[&all[0], &all[1]]), print(&[&all[0], &all[1]]));
        assert_ne!(print(&[&all[0], &all[1]]), print(&[&all[1], &all[0]]));
    }
}
