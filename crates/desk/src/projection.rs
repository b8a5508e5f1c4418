//! A part of the world on a sheet: equirectangular, a degree east as long as a degree north.

use std::fmt;
use std::str::FromStr;

/// Units of a degree in the shapes (`tools/world.py`).
const UNITS: f64 = 20.0;
/// A sheet is at least so many times as wide as it is high: it must fit on a screen.
const WIDE: f64 = 1.7;
/// Degrees that a part shows at least.
const NEAREST: f64 = 4.0;

/// A part of the world, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// The world without the ice at its ends.
pub const WORLD: Part = Part { west: -180.0, south: -58.0, east: 180.0, north: 84.0 };

/// Parts that maps are made of.
pub const PARTS: [(&str, Part); 8] = [
    ("World", WORLD),
    ("Africa", Part { west: -20.0, south: -36.0, east: 54.0, north: 38.0 }),
    ("Europe", Part { west: -25.0, south: 34.0, east: 45.0, north: 72.0 }),
    ("Middle East", Part { west: 24.0, south: 12.0, east: 64.0, north: 43.0 }),
    ("Asia", Part { west: 45.0, south: -11.0, east: 150.0, north: 56.0 }),
    ("North America", Part { west: -170.0, south: 7.0, east: -50.0, north: 75.0 }),
    ("South America", Part { west: -93.0, south: -57.0, east: -32.0, north: 14.0 }),
    ("Oceania", Part { west: 110.0, south: -50.0, east: 180.0, north: 0.0 }),
];

impl Part {
    /// The part that holds these points (latitude, longitude) with some room around them; none where there are none.
    pub fn around(points: &[(f64, f64)]) -> Option<Self> {
        let &(lat, lon) = points.first()?;
        let mut part = Part { west: lon, south: lat, east: lon, north: lat };
        for &(lat, lon) in points {
            part.west = part.west.min(lon);
            part.east = part.east.max(lon);
            part.south = part.south.min(lat);
            part.north = part.north.max(lat);
        }
        let room = (0.1 * (part.east - part.west).max(part.north - part.south)).max(1.0);
        Some(Part { west: part.west - room, south: part.south - room, east: part.east + room, north: part.north + room }.whole())
    }

    /// Within the world, not too near, and wide enough for a screen.
    fn whole(self) -> Self {
        let height = (self.north - self.south).clamp(NEAREST, 180.0);
        let width = (self.east - self.west).clamp(NEAREST * WIDE, 360.0).max((height * WIDE).min(360.0));
        let middle = |low: f64, high: f64, size: f64, end: f64| f64::midpoint(low, high).clamp(size / 2.0 - end, end - size / 2.0);
        let (x, y) = (middle(self.west, self.east, width, 180.0), middle(self.south, self.north, height, 90.0));
        Part { west: x - width / 2.0, south: y - height / 2.0, east: x + width / 2.0, north: y + height / 2.0 }
    }

    /// Where a point lies, in percent from the left and from above; none outside.
    pub fn place(&self, lat: f64, lon: f64) -> Option<(f64, f64)> {
        let x = 100.0 * (lon - self.west) / (self.east - self.west);
        let y = 100.0 * (self.north - lat) / (self.north - self.south);
        ((0.0..=100.0).contains(&x) && (0.0..=100.0).contains(&y)).then_some((x, y))
    }

    /// What of the shapes is seen, as an SVG `viewBox`.
    pub fn view_box(&self) -> String {
        let [x, y] = [(self.west + 180.0) * UNITS, (90.0 - self.north) * UNITS];
        format!("{x:.0} {y:.0} {:.0} {:.0}", self.width(), (self.north - self.south) * UNITS)
    }

    /// Width in units of the shapes.
    pub fn width(&self) -> f64 {
        (self.east - self.west) * UNITS
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [west, south, east, north] =
            [self.west, self.south, self.east, self.north].map(|degrees| (degrees * 100.0).round() / 100.0);
        write!(f, "{west},{south},{east},{north}")
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("box={text}: no part of the world; write degrees west,south,east,north, as in box=-20,-36,54,38");
        let degrees = text.split(',').map(|part| part.trim().parse::<f64>()).collect::<Result<Vec<_>, _>>().map_err(|_| wrong())?;
        match degrees[..] {
            [west, south, east, north]
                if west < east && south < north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0 =>
            {
                Ok(Part { west, south, east, north }.whole())
            }
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_where_they_are() {
        assert_eq!(WORLD.place(84.0, -180.0), Some((0.0, 0.0)));
        assert_eq!(WORLD.place(13.0, 0.0), Some((50.0, 50.0)));
        assert_eq!(WORLD.place(-89.0, 0.0), None, "in the ice");
        assert_eq!(WORLD.place(f64::NAN, 0.0), None);
        assert_eq!(WORLD.view_box(), "0 120 7200 2840");
    }

    #[test]
    fn parts_are_written_as_they_are_read() {
        for (name, part) in PARTS {
            let read: Part = part.to_string().parse().unwrap();
            assert!(read.west <= part.west && read.east >= part.east && read.north >= part.north - 1e-9, "{name}: {read:?}");
            assert_eq!(read.to_string().parse::<Part>().unwrap().to_string(), read.to_string(), "{name}");
        }
        for wrong in ["", "1,2,3", "3,0,1,9", "0,0,0,0", "-181,0,0,9", "a,b,c,d", "NaN,0,1,1", "0,0,inf,1", "1,2,3,4,5"] {
            assert!(wrong.parse::<Part>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_part_holds_its_points_and_fits_a_screen() {
        let points = [(16.3, 0.0), (12.6, -8.0), (50.4, 30.5)];
        let part = Part::around(&points).unwrap();
        assert!(points.iter().all(|&(lat, lon)| part.place(lat, lon).is_some()), "{part:?}");
        assert!((part.east - part.west) / (part.north - part.south) >= WIDE - 1e-9);
        let one = Part::around(&[(90.0, 180.0)]).unwrap();
        assert!(one.place(90.0, 180.0).is_some() && one.east <= 180.0 && one.north <= 90.0, "{one:?}");
        assert_eq!(Part::around(&[]), None);
    }
}
