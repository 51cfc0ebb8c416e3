//! Sums: the points of all candidates at once, row by row.
//!
//! Points are added in lanes of one width, so that a row is a few machine
//! additions. Nearly every base's sums fit 16 bits, which is known beforehand:
//! no sum can exceed the [`reach`](Sums::reach) of its column.

/// Points by row and column, and the points that every profile starts from.
#[derive(Debug, Clone)]
pub struct Sums {
    chunks: Vec<Chunk>,
    columns: usize,
    reach: i32,
}

/// Some neighbouring columns.
#[derive(Debug, Clone)]
enum Chunk {
    Eight(Table<i16, 8>),
    Sixteen(Table<i16, 16>),
    ThirtyTwo(Table<i16, 32>),
    Large(Table<i32, 8>),
}

#[derive(Debug, Clone)]
struct Table<T, const W: usize> {
    base: [T; W],
    rows: Vec<[T; W]>,
}

/// Points in the making: one list of columns per row.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// What every profile starts from.
    pub base: Vec<i32>,
    /// One list of columns per row.
    pub rows: Vec<Vec<i32>>,
}

trait Number: Copy + Default + TryFrom<i32> + Into<i32> {
    fn plus(self, other: Self) -> Self;
}

impl Number for i16 {
    #[inline]
    fn plus(self, other: i16) -> i16 {
        self.wrapping_add(other)
    }
}

impl Number for i32 {
    #[inline]
    fn plus(self, other: i32) -> i32 {
        self.wrapping_add(other)
    }
}

impl<T: Number, const W: usize> Table<T, W> {
    /// The columns from `first` on.
    fn new(points: &Points, first: usize) -> Table<T, W> {
        let cut = |columns: &Vec<i32>| {
            let mut lane = [T::default(); W];
            for (to, from) in lane.iter_mut().zip(columns.iter().skip(first)) {
                *to = T::try_from(*from).unwrap_or_default();
            }
            lane
        };
        Table { base: cut(&points.base), rows: points.rows.iter().map(cut).collect() }
    }

    #[inline]
    fn add(&self, rows: [&[u32]; 2], sums: &mut Vec<i32>) {
        let mut sum = self.base;
        for row in rows.into_iter().flatten() {
            if let Some(row) = self.rows.get(*row as usize) {
                for (sum, more) in sum.iter_mut().zip(row) {
                    *sum = sum.plus(*more);
                }
            }
        }
        sums.extend(sum.map(Into::into));
    }
}

impl Sums {
    /// Points as tables. Of each column, `reach` is the most that any sum in it can come to, either way.
    #[must_use]
    pub fn new(points: &Points, reach: i32) -> Sums {
        let columns = points.base.len();
        let mut chunks = Vec::new();
        let mut first = 0;
        while first < columns {
            let (chunk, width) = match columns - first {
                _ if reach > i32::from(i16::MAX) => (Chunk::Large(Table::new(points, first)), 8),
                17.. => (Chunk::ThirtyTwo(Table::new(points, first)), 32),
                9.. => (Chunk::Sixteen(Table::new(points, first)), 16),
                _ => (Chunk::Eight(Table::new(points, first)), 8),
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
                Chunk::Eight(table) => table.add(rows, sums),
                Chunk::Sixteen(table) => table.add(rows, sums),
                Chunk::ThirtyTwo(table) => table.add(rows, sums),
                Chunk::Large(table) => table.add(rows, sums),
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
        for columns in [1, 2, 8, 9, 16, 17, 34, 41, 70] {
            for scale in [1, 1_000] {
                let points = |row: i32| (0..columns).map(|column| (row * 7 - column * 3) * scale).collect::<Vec<_>>();
                let made = Points { base: points(-4), rows: (0..20).map(points).collect() };
                let sums = Sums::new(&made, 2_000 * scale);
                let mut found = Vec::new();
                sums.add([&[0, 3, 9], &[19]], &mut found);
                let wanted = (0..columns).map(|column| ([-4, 0, 3, 9, 19].iter().sum::<i32>() * 7 - column * 15) * scale);
                assert_eq!(found, wanted.collect::<Vec<_>>());
            }
        }
    }
}
