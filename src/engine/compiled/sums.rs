//! Sums: the points of all candidates at once, row by row.
//!
//! Points are added in lanes of one width, so that a row is a few machine
//! additions. Most sums fit 8 bits and nearly all 16, which is known beforehand
//! from the [`reach`](Sums::reach) of the columns. On the way a sum may leave
//! that range: numbers that wrap around come back.

/// Points by row and column, and the points that every profile starts from.
#[derive(Debug, Clone)]
pub struct Sums {
    chunks: Vec<Chunk>,
    columns: usize,
    reach: i32,
}

/// Some neighbouring columns, in registers of 16 bytes.
#[derive(Debug, Clone)]
enum Chunk {
    Byte16(Table<i8, 16, 1>),
    Byte32(Table<i8, 16, 2>),
    Byte48(Table<i8, 16, 3>),
    Short8(Table<i16, 8, 1>),
    Short32(Table<i16, 8, 4>),
    Long8(Table<i32, 4, 2>),
}

#[derive(Debug, Clone)]
struct Table<T, const W: usize, const R: usize> {
    base: [[T; W]; R],
    rows: Vec<[[T; W]; R]>,
}

/// Points in the making: one list of columns per row.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// What every profile starts from.
    pub base: Vec<i32>,
    /// One list of columns per row.
    pub rows: Vec<Vec<i32>>,
}

trait Number: Copy + Default + Into<i32> {
    /// The number as far as it fits; the rest wraps around.
    fn cut(number: i32) -> Self;
    fn plus(self, other: Self) -> Self;
}

impl Number for i8 {
    #[expect(clippy::cast_possible_truncation, reason = "sums come back into their range")]
    fn cut(number: i32) -> i8 {
        number as i8
    }

    #[inline]
    fn plus(self, other: i8) -> i8 {
        self.wrapping_add(other)
    }
}

impl Number for i16 {
    #[expect(clippy::cast_possible_truncation, reason = "sums come back into their range")]
    fn cut(number: i32) -> i16 {
        number as i16
    }

    #[inline]
    fn plus(self, other: i16) -> i16 {
        self.wrapping_add(other)
    }
}

impl Number for i32 {
    fn cut(number: i32) -> i32 {
        number
    }

    #[inline]
    fn plus(self, other: i32) -> i32 {
        self.wrapping_add(other)
    }
}

impl<T: Number, const W: usize, const R: usize> Table<T, W, R> {
    /// The columns from `first` on.
    fn new(points: &Points, first: usize) -> Table<T, W, R> {
        let cut = |columns: &Vec<i32>| {
            let mut row = [[T::default(); W]; R];
            let to = row.as_flattened_mut().iter_mut();
            to.zip(columns.iter().skip(first)).for_each(|(to, from)| *to = T::cut(*from));
            row
        };
        Table { base: cut(&points.base), rows: points.rows.iter().map(cut).collect() }
    }

    fn add(&self, rows: [&[u32]; 2], sums: &mut Vec<i32>) {
        let mut sum = self.base;
        self.plus(rows[0], &mut sum);
        self.plus(rows[1], &mut sum);
        let mut wide = [[0; W]; R];
        let all = wide.as_flattened_mut().iter_mut().zip(sum.as_flattened());
        all.for_each(|(wide, sum)| *wide = (*sum).into());
        sums.extend_from_slice(wide.as_flattened());
    }

    /// Adds rows. By itself, so that the compiler adds whole registers and does
    /// not mind what becomes of the sum.
    #[inline(never)]
    fn plus(&self, rows: &[u32], sum: &mut [[T; W]; R]) {
        let mut so_far = *sum;
        for row in rows {
            if let Some(row) = self.rows.get(*row as usize) {
                for (so_far, more) in so_far.iter_mut().zip(row) {
                    so_far.iter_mut().zip(more).for_each(|(sum, more)| *sum = sum.plus(*more));
                }
            }
        }
        *sum = so_far;
    }
}

impl Sums {
    /// Points as tables, `reach` being the most that any sum can come to, either way.
    #[must_use]
    pub fn new(points: &Points, reach: i32) -> Sums {
        let columns = points.base.len();
        let (is_byte, is_short) = (reach <= i32::from(i8::MAX), reach <= i32::from(i16::MAX));
        let mut chunks = Vec::new();
        let mut first = 0;
        while first < columns {
            let (chunk, width) = match columns - first {
                33.. if is_byte => (Chunk::Byte48(Table::new(points, first)), 48),
                17.. if is_byte => (Chunk::Byte32(Table::new(points, first)), 32),
                _ if is_byte => (Chunk::Byte16(Table::new(points, first)), 16),
                9.. if is_short => (Chunk::Short32(Table::new(points, first)), 32),
                _ if is_short => (Chunk::Short8(Table::new(points, first)), 8),
                _ => (Chunk::Long8(Table::new(points, first)), 8),
            };
            chunks.push(chunk);
            first += width;
        }
        Sums { chunks, columns, reach }
    }

    /// The most that any sum can come to, either way.
    #[must_use]
    pub fn reach(&self) -> i32 {
        self.reach
    }

    /// The sum of these rows, by column.
    pub fn add(&self, rows: [&[u32]; 2], sums: &mut Vec<i32>) {
        sums.clear();
        for chunk in &self.chunks {
            match chunk {
                Chunk::Byte16(table) => table.add(rows, sums),
                Chunk::Byte32(table) => table.add(rows, sums),
                Chunk::Byte48(table) => table.add(rows, sums),
                Chunk::Short8(table) => table.add(rows, sums),
                Chunk::Short32(table) => table.add(rows, sums),
                Chunk::Long8(table) => table.add(rows, sums),
            }
        }
        sums.truncate(self.columns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_the_same_at_any_width() {
        for columns in [1, 2, 8, 9, 16, 17, 34, 41, 70, 100] {
            for scale in [1, 100, 10_000] {
                // The last two rows leave the range of a byte on the way and come back.
                let wild = |row: i32| if (0..2).contains(&row) { 100 } else { -100 * i32::from((2..4).contains(&row)) };
                let points = |row: i32| (0..columns).map(|column| (row + wild(row) - column % 3) * scale).collect::<Vec<_>>();
                let made = Points { base: points(-4), rows: (0..9).map(points).collect() };
                let sums = Sums::new(&made, 100 * scale);
                let mut found = Vec::new();
                sums.add([&[0, 1, 2, 3, 5], &[8]], &mut found);
                let wanted = (0..columns).map(|column| (15 - column % 3 * 7) * scale);
                assert_eq!(found, wanted.collect::<Vec<_>>());
            }
        }
    }
}
